use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use testkit::loopback::{Loopback, Options};

use crate::desktop::Desktop;
use crate::drag::Drag;
use crate::window::Window;

const FILES: u64 = 300;

/// An endpoint that takes its time over every batch: indexing shows where it stands, ends soon after cancel, keeps
/// what was finished, and goes on from there.
#[tokio::test]
async fn indexing_is_cancelled_and_goes_on_later() -> Result<()> {
    let endpoint =
        Loopback::start(Options { latency: Duration::from_millis(500), slots: 1, ..Options::default() })?;
    let desktop = Desktop::with_settings(&[("FOOTNOTE_BASE_URL", endpoint.base_url())]).await?;
    for day in 1..=FILES {
        desktop.write(
            &format!("diary/day {day}.txt"),
            &format!("On day {day} the keeper counted {} gulls.", day * 7),
        )?;
    }
    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    Drag::over_the_app(&desktop, &[desktop.path("diary")])?.drop_files()?;

    window.find("progress").await?;
    window.until("a third of the vectors", async |window| Ok(vectors(window).await? > FILES / 3)).await?;
    window.take_screenshot("cancel-1-progress").await?;
    window.click("cancel-indexing").await?;
    window.until_indexed().await?;
    window.take_screenshot("cancel-2-cancelled").await?;
    let kept = vectors(&window).await?;
    ensure!(0 < kept && kept < FILES, "what was finished is kept, and it was not all: {kept}");

    window.click("sync").await?;
    window.until("the rest", async |window| Ok(vectors(window).await? == FILES)).await?;
    let embedded = endpoint.embedded_inputs() as u64;
    ensure!(
        embedded < FILES + kept,
        "what had its vector was not embedded again: {embedded} texts, {kept} kept"
    );
    window.close().await
}

async fn vectors(window: &Window) -> Result<u64> {
    Ok(window.call("status", json!({})).await?["vectors"].as_u64().unwrap_or_default())
}
