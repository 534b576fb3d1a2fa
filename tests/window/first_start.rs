use anyhow::{Result, ensure};
use serde_json::json;

use crate::desktop::Desktop;
use crate::window::Window;

const QUESTION: &str = "How much did the restoration cost in all?";

/// The whole road: an empty library, the sample, a question, an answer, the page behind its citation; and all of it
/// again after a restart.
#[tokio::test]
async fn a_newcomer_adds_the_sample_asks_and_opens_the_page_behind_a_citation() -> Result<()> {
    let desktop = Desktop::new().await?;
    let window = desktop.open_app().await?;

    window.find("add-sample").await?;
    ensure!(window.page_text().await?.contains("Drop a folder"), "the first start says what to do");
    window.take_screenshot("1-first-start").await?;

    window.click("add-sample").await?;
    window.until_indexed().await?;
    let documents = window.count("document-row").await?;
    ensure!(documents > 1, "the sample's documents are listed");
    window.take_screenshot("2-sample-added").await?;

    ask_and_open_the_citation(&window).await?;
    window.close().await?;

    let window = desktop.open_app().await?;
    window
        .until(
            "the library to be listed",
            async |window| Ok(window.count("document-row").await? == documents),
        )
        .await?;
    let status = window.call("status", json!({})).await?;
    ensure!(status["index"]["state"] == "loaded", "the index was read from its files, not built: {status}");
    window.take_screenshot("5-restarted").await?;
    ask_and_open_the_citation(&window).await?;
    window.close().await
}

async fn ask_and_open_the_citation(window: &Window) -> Result<()> {
    window.ask(QUESTION).await?;
    window.until_answered().await?;
    window.take_screenshot("3-answered").await?;

    window.click("citation").await?;
    window.until("the quote to be marked", async |window| window.has("source-mark").await).await?;
    window.until("the quote to be scrolled into view", Window::mark_is_in_view).await?;
    window.take_screenshot("4-source").await
}
