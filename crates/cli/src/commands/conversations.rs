//! `footnote conversations …`

use std::process::ExitCode;

use anyhow::{Context as _, Result};
use engine::Engine;
use engine::api::{
    ConversationSummary, ConversationsRequest, ExportFormat, ExportRequest, MarkRequest, RenameRequest,
};

use crate::arguments::ConversationsCommand;
use crate::failure;
use crate::output::{print, print_json};

pub(crate) async fn run(engine: &Engine, command: ConversationsCommand) -> Result<ExitCode> {
    match command {
        ConversationsCommand::List { query, json } => {
            let conversations = engine.conversations(&ConversationsRequest { query }).map_err(failure)?;
            if json {
                print_json(&conversations)?;
            } else {
                conversations.iter().try_for_each(|conversation| print(&line(conversation)))?;
            }
        }
        ConversationsCommand::Export { id, json, output } => {
            let format = if json { ExportFormat::Json } else { ExportFormat::Markdown };
            let request = ExportRequest { conversation: id, format };
            let export = engine.export_conversation(&request).map_err(failure)?;
            match output {
                Some(path) => std::fs::write(&path, export.text)
                    .with_context(|| format!("{} cannot be written", path.display()))?,
                None => print(export.text.trim_end())?,
            }
        }
        ConversationsCommand::Rename { id, title } => {
            engine.rename_conversation(&RenameRequest { conversation: id, title }).map_err(failure)?;
        }
        ConversationsCommand::Mark { message, citation, undo } => {
            let request = MarkRequest { message, citation: citation - 1, right: !undo };
            engine.mark_citation(request).await.map_err(failure)?;
        }
        ConversationsCommand::Delete { id } => engine.delete_conversation(id).map_err(failure)?,
    }
    Ok(ExitCode::SUCCESS)
}

fn line(conversation: &ConversationSummary) -> String {
    let answers = if conversation.answers == 1 { "answer" } else { "answers" };
    format!("{:>5}  {} ({} {answers})", conversation.id, conversation.title, conversation.answers)
}
