use anyhow::{Result, ensure};
use serde_json::json;
use testkit::loopback::{CHAT_MODEL, Loopback, Options};

use crate::desktop::Desktop;

/// An endpoint is set up by hand, tried and asked, a question that leans on the one before as well; after a restart the
/// endpoint, the conversation and the panes are as they were.
#[tokio::test]
async fn an_endpoint_is_set_up_and_asked_and_all_is_there_after_a_restart() -> Result<()> {
    let endpoint = Loopback::start(Options::default())?;
    let desktop = Desktop::new().await?;
    let window = desktop.open_app().await?;
    window.click("add-sample").await?;
    window.until_indexed().await?;

    window.click("settings").await?;
    window.choose("models", "custom").await?;
    window.type_into("address", &endpoint.base_url()).await?;
    window.type_into("chat-model", CHAT_MODEL).await?;
    window.click("test-endpoint").await?;
    window.find("findings").await?;
    let findings = window.text("findings").await?;
    ensure!(findings.contains("The endpoint answers.") && findings.contains(CHAT_MODEL), "{findings}");
    window.take_screenshot("settings-1-tested").await?;
    window.click("save-settings").await?;
    window
        .until("what embedding takes to be told", async |window| {
            Ok(window.page_text().await?.contains("are to be embedded with"))
        })
        .await?;
    window.click("save-settings").await?;
    window.until("the dialog to close", async |window| Ok(!window.has("save-settings").await?)).await?;

    window.ask("What did the works cost?").await?;
    window.until_answered().await?;
    // The text of what is about to be laid out is not there yet.
    let writer = format!("Written by {CHAT_MODEL}");
    window
        .until("the endpoint to have written", async |window| Ok(window.page_text().await?.contains(&writer)))
        .await?;
    window.ask("And who paid for it?").await?;
    window.until_answered().await?;
    let answers = window.texts("answer").await?;
    ensure!(answers.len() == 2, "{answers:?}");
    window.take_screenshot("settings-2-follow-up").await?;
    window.click("fold-library").await?;
    window.close().await?;

    let window = desktop.open_app().await?;
    window.until("the answers", async |window| Ok(window.texts("answer").await? == answers)).await?;
    ensure!(!window.has("document-row").await?, "the library is folded still");
    window.take_screenshot("settings-3-restarted").await?;
    let settings = window.call("settings", json!({})).await?;
    ensure!(settings["endpoint"]["chat_model"] == CHAT_MODEL, "{settings}");
    window.ask("And when was it finished?").await?;
    window.until_answered().await?;
    let conversations = window.call("conversations", json!({ "request": { "query": null } })).await?;
    ensure!(
        conversations.as_array().is_some_and(|all| all.len() == 1),
        "it is one conversation: {conversations}"
    );
    ensure!(conversations[0]["answers"] == 3, "{conversations}");
    window.close().await
}
