use std::time::Duration;

use anyhow::{Result, ensure};
use serde_json::json;
use testkit::loopback::{EMBEDDING_MODEL, Loopback, Options};

use crate::desktop::Desktop;
use crate::drag::Drag;

const FILES: usize = 120;

/// Another embedding model is chosen: the person is told first what it takes, questions are compared by the former one until
/// the new one has read all, and the way back is offered.
#[tokio::test]
async fn the_embedding_model_is_changed_while_questions_are_asked() -> Result<()> {
    let endpoint = Loopback::start(Options {
        latency: Duration::from_millis(150),
        slots: 1,
        batch_cap: 4,
        ..Options::default()
    })?;
    let desktop = Desktop::new().await?;
    let settings = json!({ "endpoint": { "base_url": endpoint.base_url() } });
    desktop.write("library/settings.json", &settings.to_string())?;
    for day in 1..=FILES {
        desktop.write(&format!("diary/day {day}.txt"), &format!("On day {day} there were {day} gulls."))?;
    }
    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    Drag::over_the_app(&desktop, &[desktop.path("diary")])?.drop_files()?;
    window.until_indexed().await?;

    window.click("settings").await?;
    window.find("embedding-model").await?.clear().await?;
    let other = format!("{EMBEDDING_MODEL}:2");
    window.type_into("embedding-model", &other).await?;
    window.click("save-settings").await?;
    window
        .until("what it takes to be told", async |window| {
            Ok(window.page_text().await?.contains("are to be embedded with"))
        })
        .await?;
    window.take_screenshot("model-1-told").await?;
    let before = endpoint.embedded_inputs();
    window.click("save-settings").await?;
    window.until("the dialog to close", async |window| Ok(!window.has("save-settings").await?)).await?;
    window.until("the first vectors", async |_| Ok(endpoint.embedded_inputs() > before + 8)).await?;
    window.take_screenshot("model-2-under-way").await?;
    let mut asked = 0;
    while window.has("cancel-indexing").await? {
        let request = json!({ "request": { "query": "How many gulls were there?", "limit": 5 } });
        let found = window.call("search", request).await?;
        ensure!(found["coverage"]["words_alone"] == false, "{found}");
        asked += 1;
    }
    ensure!(asked > 1, "asked {asked} times meanwhile");
    let status = window.call("status", json!({})).await?;
    ensure!(status["searched_by"] == other.as_str() && status["vectors"] == FILES, "{status}");

    window.click("settings").await?;
    window.find("kept-embeddings").await?;
    window.take_screenshot("model-3-kept").await?;
    window.close().await
}
