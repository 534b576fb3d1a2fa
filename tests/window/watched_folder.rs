use std::fs;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::desktop::Desktop;
use crate::drag::Drag;

/// What comes into a folder is found without a word to the app, also what came while it was closed; a folder that goes away
/// keeps its documents and comes back.
#[tokio::test]
async fn a_folder_is_followed() -> Result<()> {
    let desktop = Desktop::new().await?;
    desktop.write("diary/first.txt", "The lamp of the harbour was lit at dusk.")?;
    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    Drag::over_the_app(&desktop, &[desktop.path("diary")])?.drop_files()?;
    window.until_indexed().await?;

    desktop.write("diary/second.txt", "The dredger Hilda cleared the basin in June.")?;
    window
        .until("the new file to be listed", async |window| Ok(window.count("document-row").await? == 2))
        .await?;
    window.ask("When did Hilda clear the basin?").await?;
    window.until_answered().await?;
    let answer = window.text("answer").await?;
    ensure!(answer.contains("June"), "{answer}");
    window.take_screenshot("watched-1-found").await?;

    let elsewhere = desktop.path("elsewhere");
    fs::rename(desktop.path("diary"), &elsewhere)?;
    let is_away = async |window: &crate::window::Window| Ok(window.page_text().await?.contains("Away:"));
    window.until("the folder to be marked", is_away).await?;
    ensure!(window.count("document-row").await? == 2, "its documents stay");
    window.take_screenshot("watched-2-away").await?;
    fs::rename(&elsewhere, desktop.path("diary"))?;
    window.until("the folder to be back", async |window| Ok(!is_away(window).await?)).await?;
    window.close().await?;

    fs::rename(desktop.path("diary/second.txt"), desktop.path("diary/dredger.txt"))?;
    desktop.write("diary/third.txt", "The pier was built in 1880.")?;
    let window = desktop.open_app().await?;
    window
        .until(
            "what came meanwhile to be listed",
            async |window| Ok(window.count("document-row").await? == 3),
        )
        .await?;
    let documents = window.call("documents", json!({ "since": null })).await?;
    let names: Vec<&str> =
        documents.as_array().into_iter().flatten().filter_map(|one| one["path"].as_str()).collect();
    ensure!(names.iter().any(|name| name.ends_with("dredger.txt")), "{names:?}");
    let jobs = window.call("jobs", json!({})).await?;
    ensure!(jobs == json!([]), "{jobs}");
    window.close().await
}
