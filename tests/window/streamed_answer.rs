use std::time::Duration;

use anyhow::{Result, ensure};
use testkit::loopback::{CHAT_MODEL, Loopback, Options};

use crate::desktop::Desktop;
use crate::window::Window;

const BETWEEN_TOKENS: Duration = Duration::from_millis(150);

/// An endpoint that takes its time: the answer can be seen to grow, and stop ends it where it stands.
#[tokio::test]
async fn an_answer_grows_as_it_is_written_and_stops_when_told_to() -> Result<()> {
    let endpoint = Loopback::start(Options { token_delay: BETWEEN_TOKENS, ..Options::default() })?;
    let settings =
        [("FOOTNOTE_BASE_URL", endpoint.base_url()), ("FOOTNOTE_CHAT_MODEL", CHAT_MODEL.to_owned())];
    let desktop = Desktop::with_settings(&settings).await?;
    let window = desktop.open_app().await?;
    window.click("add-sample").await?;
    window.until_indexed().await?;

    window.ask("How was the mercury of the lens removed?").await?;
    window.find("stop").await?;
    // First it says that it searches and reads: two texts that are no answer yet.
    let mut seen = vec![window.text("answer").await?];
    while seen.len() < 6 {
        let last = seen.last().cloned();
        let grown = async |window: &Window| Ok(last != Some(window.text("answer").await?));
        window.until("more of the answer", grown).await?;
        seen.push(window.text("answer").await?);
    }
    window.take_screenshot("stream-1-growing").await?;

    window.click("stop").await?;
    window.until_answered().await?;
    let stopped = window.text("answer").await?;
    window.take_screenshot("stream-2-stopped").await?;
    tokio::time::sleep(4 * BETWEEN_TOKENS).await;
    ensure!(window.text("answer").await? == stopped, "nothing is added after stop");
    let pieces = seen.iter().filter(|piece| stopped.starts_with(piece.as_str())).count();
    ensure!(pieces >= 4, "the answer grew piece by piece: {seen:?}, at last {stopped:?}");
    window.until("the endpoint to be left, too", async |_| Ok(endpoint.disconnects() == 1)).await?;
    window.close().await
}
