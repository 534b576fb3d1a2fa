//! Conversations that were kept: finding, reading, renaming, deleting, writing them out.

mod markdown;
mod search;

use std::collections::HashMap;

use library::{ConversationId, DocumentId, Message};

use crate::Engine;
use crate::answering::{shown_picture, sum};
use crate::api::{
    Answer, ApiError, ConversationSummary, ConversationView, ConversationsRequest, Export, ExportFormat,
    ExportRequest, RenameRequest, StoredAnswer, Usage,
};
use crate::errors::api_error;

impl Engine {
    /// The conversations, the last one written to first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn conversations(
        &self,
        request: &ConversationsRequest,
    ) -> Result<Vec<ConversationSummary>, ApiError> {
        let conversations = self.library.conversations().map_err(|error| api_error(&error))?;
        let mut answers: HashMap<ConversationId, u32> = HashMap::new();
        let mut search = search::Search::new(request.query.as_deref().unwrap_or_default());
        for conversation in &conversations {
            search.look_into(conversation.id, &conversation.title);
        }
        self.library
            .visit_messages(|id, message| {
                *answers.entry(id).or_default() += 1;
                search.look_into(id, &message.question);
                search.look_into(id, &Answer::text_of(&message.answer).unwrap_or_default());
            })
            .map_err(|error| api_error(&error))?;
        let found = conversations.into_iter().filter(|conversation| search.has_found(conversation.id));
        Ok(found
            .map(|conversation| ConversationSummary {
                id: conversation.id.0,
                title: conversation.title,
                created_at: conversation.created_at,
                updated_at: conversation.updated_at,
                answers: answers.get(&conversation.id).copied().unwrap_or_default(),
            })
            .collect())
    }

    /// A conversation with its answers.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be read.
    pub fn conversation(&self, id: i64) -> Result<ConversationView, ApiError> {
        let id = ConversationId(id);
        let stored = self.library.conversation(id).map_err(|error| api_error(&error))?;
        let (conversation, messages) =
            stored.ok_or_else(|| api_error(&library::Error::NoConversation(id)))?;
        let answers = messages.into_iter().filter_map(|message| self.stored_answer(id, &message).transpose());
        let answers = answers.collect::<Result<Vec<_>, _>>().map_err(|error| api_error(&error))?;
        Ok(ConversationView {
            id: id.0,
            title: conversation.title,
            created_at: conversation.created_at,
            usage: answers.iter().fold(Usage::default(), |all, stored| sum(all, used(&stored.answer))),
            answers,
        })
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be written.
    pub fn rename_conversation(&self, request: &RenameRequest) -> Result<(), ApiError> {
        let id = ConversationId(request.conversation);
        self.library.rename_conversation(id, request.title.trim()).map_err(|error| api_error(&error))
    }

    /// Removes a conversation with its answers and pictures.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn delete_conversation(&self, id: i64) -> Result<(), ApiError> {
        self.library.delete_conversation(ConversationId(id)).map_err(|error| api_error(&error))
    }

    /// A conversation as a file for elsewhere.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be read.
    pub fn export_conversation(&self, request: &ExportRequest) -> Result<Export, ApiError> {
        let view = self.conversation(request.conversation)?;
        let (text, extension) = match request.format {
            ExportFormat::Markdown => (markdown::of(&view), "md"),
            // Strings and numbers: there is nothing in it that could fail to be written.
            ExportFormat::Json => (serde_json::to_string_pretty(&view).unwrap_or_default(), "json"),
        };
        Ok(Export { file_name: format!("{}.{extension}", file_name(&view.title)), text })
    }

    /// None where the answer was stored in a form that nobody reads any more.
    fn stored_answer(
        &self,
        conversation: ConversationId,
        message: &Message,
    ) -> Result<Option<StoredAnswer>, library::Error> {
        let Ok(mut answer) = serde_json::from_str::<Answer>(&message.answer) else { return Ok(None) };
        (answer.conversation, answer.message) = (conversation.0, message.id.0);
        let mut cited: Vec<i64> = answer.citations.iter().map(|citation| citation.document_id).collect();
        cited.sort_unstable();
        cited.dedup();
        let mut changed_sources = Vec::new();
        for id in cited {
            let document = self.library.document(DocumentId(id))?;
            if document.is_none_or(|document| document.updated_at > message.created_at) {
                changed_sources.push(id);
            }
        }
        let pictures = self.library.pictures(message.id)?.iter().map(shown_picture).collect();
        Ok(Some(StoredAnswer { answer, answered_at: message.created_at, changed_sources, pictures }))
    }
}

/// What an answer took, with the order of its passages and the second opinion on it.
fn used(answer: &Answer) -> Usage {
    let opinion = answer.second_opinion.as_ref().map(|opinion| opinion.usage);
    let reranking = answer.reranking.map(|reranking| reranking.usage);
    sum(sum(answer.usage, opinion.unwrap_or_default()), reranking.unwrap_or_default())
}

/// Letters, digits and single hyphens, which every file system takes.
fn file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    if name.is_empty() { "conversation".to_owned() } else { name.chars().take(60).collect() }
}
