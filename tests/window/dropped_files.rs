use std::fs;

use anyhow::{Result, ensure};
use serde_json::json;

use crate::desktop::Desktop;
use crate::drag::Drag;

/// A drop brings the exact paths; a file that cannot be read is listed with its reason beside those that can.
#[tokio::test]
async fn files_dropped_on_the_window_are_taken_in() -> Result<()> {
    let desktop = Desktop::new().await?;
    let café = desktop
        .write("notes/Café hours.txt", "The café opens at seven in the morning, but on Mondays at nine.")?;
    let broken = desktop.write("notes/broken.pdf", "%PDF-1.7\nthis was never a document")?;

    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    let drag = Drag::over_the_app(&desktop, &[café.clone(), broken])?;
    window.find("drop-overlay").await?;
    window.take_screenshot("drop-1-over").await?;
    drag.drop_files()?;

    window.until_indexed().await?;
    window
        .until("both files to be listed", async |window| Ok(window.count("document-row").await? == 2))
        .await?;
    ensure!(!window.has("drop-overlay").await?, "the overlay is gone after the drop");
    let documents = window.call("documents", json!({})).await?;
    let listed = documents.as_array().into_iter().flatten();
    let (failed, read): (Vec<_>, Vec<_>) = listed.partition(|document| !document["failure"].is_null());
    ensure!(read.len() == 1 && read[0]["path"] == café.display().to_string(), "{read:?}");
    ensure!(failed.len() == 1 && failed[0]["title"] == "broken.pdf", "{failed:?}");
    window.take_screenshot("drop-2-listed").await?;

    window.ask("When does the café open on Mondays?").await?;
    window.until_answered().await?;
    ensure!(window.text("answer").await?.contains("nine"), "the answer comes from the dropped file");
    window.close().await
}

/// The window may only name documents by their ids: such a file opens in its own program and can be read; nothing
/// else can.
#[tokio::test]
async fn only_documents_of_the_library_open_in_their_own_programs() -> Result<()> {
    let desktop = Desktop::new().await?;
    let note = desktop.write("note.txt", "The spare key hangs behind the kitchen door.")?;
    let window = desktop.open_app().await?;
    window.find("add-sample").await?;
    Drag::over_the_app(&desktop, std::slice::from_ref(&note))?.drop_files()?;
    window.until_indexed().await?;

    window.ask("Where does the spare key hang?").await?;
    window.until_answered().await?;
    window.click("citation").await?;
    window.click("open-document").await?;
    window
        .until("the file to be opened", async |_| {
            Ok(fs::read_to_string(desktop.opened_files())
                .is_ok_and(|opened| opened.trim() == note.display().to_string()))
        })
        .await?;

    let no_document = window.call("open_document", json!({ "documentId": 4711 })).await?;
    ensure!(no_document["code"] == "gone", "{no_document}");
    let no_bytes = window.call("document_bytes", json!({ "documentId": 4711 })).await?;
    ensure!(no_bytes["code"] == "gone", "{no_bytes}");
    let by_path = window.call("document_bytes", json!({ "documentId": note.display().to_string() })).await?;
    ensure!(by_path["code"] == "request", "{by_path}");

    let documents = window.call("documents", json!({})).await?;
    fs::remove_file(&note)?;
    let no_file = window.call("open_document", json!({ "documentId": documents[0]["id"] })).await?;
    ensure!(no_file["code"] == "gone", "{no_file}");
    window.close().await
}
