use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use testkit::loopback::{Loopback, Options};

use crate::desktop::Desktop;
use crate::drag::Drag;

/// More than the embedding model is given at once.
const FILES: u64 = 900;

/// While indexing is paused the endpoint is left alone; then it goes on to the end.
#[tokio::test]
async fn indexing_rests_and_goes_on() -> Result<()> {
    let endpoint =
        Loopback::start(Options { latency: Duration::from_millis(300), slots: 1, ..Options::default() })?;
    let desktop = Desktop::with_settings(&[("FOOTNOTE_BASE_URL", endpoint.base_url())]).await?;
    for day in 1..=FILES {
        desktop.write(&format!("diary/day {day}.txt"), &format!("On day {day} there were {day} gulls."))?;
    }
    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    Drag::over_the_app(&desktop, &[desktop.path("diary")])?.drop_files()?;
    window.until("the first vectors", async |_| Ok(endpoint.embedded_inputs() > 0)).await?;

    window.click("pause-indexing").await?;
    window
        .until("the pause to be said", async |window| Ok(window.page_text().await?.contains("Paused:")))
        .await?;
    // What the model was given before goes to its end.
    window.until("the endpoint to rest", async |_| Ok(endpoint.in_flight() == 0)).await?;
    let resting = endpoint.embedded_inputs();
    window.take_screenshot("pause-1-resting").await?;
    ensure!((resting as u64) < FILES, "the rest waits");
    ensure!(window.has("cancel-indexing").await?, "the work is not over");

    window.click("pause-indexing").await?;
    window.until_indexed().await?;
    let status = window.call("status", json!({})).await?;
    ensure!(status["vectors"] == FILES, "{status}");
    window.close().await
}
