//! `footnote conversations …`

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use engine::Engine;
use engine::api::{
    ConversationSummary, ConversationsRequest, ExportFormat, ExportRequest, MarkRequest, RenameRequest,
};
use engine::wording::counted;
use serde_json::{Value, json};

use crate::arguments::ConversationsCommand;
use crate::failing::failure;
use crate::output::{escaped, print, print_json};

pub(crate) async fn run(engine: &Engine, command: ConversationsCommand, as_json: bool) -> Result<ExitCode> {
    match command {
        ConversationsCommand::List { query } => {
            let conversations =
                engine.conversations(ConversationsRequest { query }).await.map_err(failure)?;
            if as_json {
                print_json(&conversations)?;
            } else {
                conversations.iter().try_for_each(|conversation| print(&line(conversation)))?;
            }
        }
        ConversationsCommand::Export { id, output } => {
            let format = if as_json { ExportFormat::Json } else { ExportFormat::Markdown };
            let request = ExportRequest { conversation: id, format };
            let export = engine.export_conversation(request).await.map_err(failure)?;
            match output {
                Some(path) => std::fs::write(&path, export.text)
                    .with_context(|| format!("{} cannot be written", path.display()))?,
                None if as_json => print(&escaped(&export.text))?,
                None => print(export.text.trim_end())?,
            }
        }
        ConversationsCommand::Rename { id, title } => {
            let done = json!({ "conversation": id, "title": title });
            engine.rename_conversation(RenameRequest { conversation: id, title }).await.map_err(failure)?;
            tell(as_json, &done)?;
        }
        ConversationsCommand::Mark { message, citation, undo } => {
            let request = MarkRequest { message, citation: citation - 1, right: !undo };
            engine.mark_citation(request).await.map_err(failure)?;
            tell(as_json, &json!({ "message": message, "citation": citation, "marked_right": !undo }))?;
        }
        ConversationsCommand::Delete { id } => {
            engine.delete_conversation(id).await.map_err(failure)?;
            tell(as_json, &json!({ "deleted": id }))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// What was done, for scripts; a person has typed it.
fn tell(as_json: bool, done: &Value) -> Result<()> {
    if as_json { print_json(done) } else { Ok(()) }
}

fn line(conversation: &ConversationSummary) -> String {
    format!("{:>5}  {} ({})", conversation.id, conversation.title, counted(conversation.answers, "answer"))
}
