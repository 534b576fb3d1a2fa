use std::path::Path;

use anyhow::{Context, Result, ensure};
use engine::api::Link;
use serde_json::json;

use crate::desktop::Desktop;
use crate::window::Window;

const QUOTE: &str = "the reading of 11 March was 8.1 per cent";

/// A link that another program opens brings the page with the quote marked; one to another file brings nothing of it.
#[tokio::test]
async fn a_link_opens_its_page_with_the_quote_marked() -> Result<()> {
    let desktop = Desktop::new().await?;
    let secret = desktop.write("secret.txt", "The key hangs behind the door.")?;
    let window = desktop.open_app().await?;
    window.click("add-sample").await?;
    window.until_indexed().await?;
    let documents = window.call("documents", json!({})).await?;
    let paths = documents.as_array().into_iter().flatten().filter_map(|document| document["path"].as_str());
    let minutes =
        paths.into_iter().find(|path| path.contains("March 2023")).context("the minutes are listed")?;
    let link =
        Link::to(Path::new(minutes), Some(1), Some(QUOTE)).context("its path is absolute")?.to_string();
    window.close().await?;

    let window = desktop.open_app_with(&[&link]).await?;
    window.until("the quote to be marked", async |window| window.has("source-mark").await).await?;
    ensure!(window.text("source-mark").await?.contains("8.1 per cent"), "the quote of the link is marked");
    window.until("the quote to be scrolled into view", Window::mark_is_in_view).await?;
    window.take_screenshot("link-opened").await?;
    window.close().await?;

    let elsewhere = Link::to(&secret, Some(1), None).context("its path is absolute")?.to_string();
    let window = desktop.open_app_with(&[&elsewhere]).await?;
    window
        .until("that it is said", async |window| {
            Ok(window.page_text().await?.contains("This document is no longer in the library."))
        })
        .await?;
    ensure!(!window.page_text().await?.contains("behind the door"), "other files are not read");
    window.close().await
}
