use std::time::Duration;

use anyhow::{Result, ensure};
use testkit::loopback::{CHAT_MODEL, Loopback, Options};

use crate::desktop::Desktop;

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
    let mut seen = vec![window.text("answer").await?];
    while seen.len() < 4 {
        window
            .until(
                "more of the answer",
                async |window| Ok(seen.last() != Some(&window.text("answer").await?)),
            )
            .await?;
        seen.push(window.text("answer").await?);
    }
    window.take_screenshot("stream-1-growing").await?;
    ensure!(seen.is_sorted_by_key(String::len), "the answer grows: {seen:?}");

    window.click("stop").await?;
    window.until_answered().await?;
    let stopped = window.text("answer").await?;
    window.take_screenshot("stream-2-stopped").await?;
    tokio::time::sleep(4 * BETWEEN_TOKENS).await;
    ensure!(window.text("answer").await? == stopped, "nothing is added after stop");
    ensure!(endpoint.disconnects() == 1, "the endpoint is told to stop as well");
    window.close().await
}
