//! Conversations that were kept: finding, reading, renaming, deleting, writing them out.

mod markdown;

use libraries::Library;
use library::{Conversation, ConversationId, Message, Usage};

use crate::Engine;
use crate::answering::shown_picture;
use crate::api::{
    Answer, ApiError, ConversationSummary, ConversationView, ConversationsRequest, Export, ExportFormat,
    ExportRequest, RenameRequest, StoredAnswer,
};

impl Engine {
    /// The conversations, the last one written to first.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn conversations(
        &self,
        request: ConversationsRequest,
    ) -> Result<Vec<ConversationSummary>, ApiError> {
        let query = request.query.unwrap_or_default();
        let found = self.with_library(move |library| library.conversations(&query)).await?;
        let summary = |conversation: Conversation| ConversationSummary {
            id: conversation.id.0,
            title: conversation.title,
            created_at: conversation.created_at,
            updated_at: conversation.updated_at,
            answers: conversation.messages,
        };
        Ok(found.into_iter().map(summary).collect())
    }

    /// A conversation with its answers.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be read.
    pub async fn conversation(&self, id: i64) -> Result<ConversationView, ApiError> {
        self.with_library(move |library| conversation(library, ConversationId(id))).await
    }

    /// Gives a conversation another title.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be written.
    pub async fn rename_conversation(&self, request: RenameRequest) -> Result<(), ApiError> {
        let RenameRequest { conversation, title } = request;
        let rename =
            move |library: &Library| library.rename_conversation(ConversationId(conversation), title.trim());
        self.with_library(rename).await
    }

    /// Removes a conversation with its answers and pictures.
    ///
    /// # Errors
    /// The library cannot be written.
    pub async fn delete_conversation(&self, id: i64) -> Result<(), ApiError> {
        self.with_library(move |library| library.delete_conversation(ConversationId(id))).await
    }

    /// A conversation as a file for elsewhere.
    ///
    /// # Errors
    /// The conversation is gone, or the library cannot be read.
    pub async fn export_conversation(&self, request: ExportRequest) -> Result<Export, ApiError> {
        let view = self.conversation(request.conversation).await?;
        let (text, extension) = match request.format {
            ExportFormat::Markdown => (markdown::of(&view), "md"),
            // Strings and numbers: there is nothing in it that could fail to be written.
            ExportFormat::Json => (serde_json::to_string_pretty(&view).unwrap_or_default(), "json"),
        };
        Ok(Export { file_name: format!("{}.{extension}", file_name(&view.title)), text })
    }
}

fn conversation(library: &Library, id: ConversationId) -> Result<ConversationView, library::Error> {
    let (conversation, messages) = library.conversation(id)?.ok_or(library::Error::NoConversation(id))?;
    let usage = messages.iter().filter_map(|message| message.answer.as_ref()).map(used).sum::<Usage>();
    let answers = messages.into_iter().map(|message| stored_answer(library, id, message));
    Ok(ConversationView {
        id: id.0,
        title: conversation.title,
        created_at: conversation.created_at,
        usage,
        answers: answers.collect::<Result<_, _>>()?,
    })
}

fn stored_answer(
    library: &Library,
    conversation: ConversationId,
    message: Message,
) -> Result<StoredAnswer, library::Error> {
    let Message { id, question, answer, created_at, changed_sources } = message;
    let pictures = library.pictures(id)?.iter().map(shown_picture).collect();
    Ok(StoredAnswer {
        answer: Answer::of(conversation, id, question, answer),
        answered_at: created_at,
        changed_sources: changed_sources.iter().map(|document| document.0).collect(),
        pictures,
    })
}

/// What an answer took, with the order of its passages and the second opinion on it.
fn used(answer: &library::Answer) -> Usage {
    let opinion = answer.opinion.as_ref().map(|opinion| opinion.usage);
    let reranking = answer.reranking.map(|reranking| reranking.usage);
    [Some(answer.usage), opinion, reranking].into_iter().flatten().sum()
}

/// Letters, digits and single hyphens, which every file system takes.
fn file_name(title: &str) -> String {
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let name = words.collect::<Vec<_>>().join("-").to_lowercase();
    if name.is_empty() { "conversation".to_owned() } else { name.chars().take(60).collect() }
}
