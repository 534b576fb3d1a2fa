//! Messages to a streamed answer.

use std::ops::AddAssign;

use async_trait::async_trait;
use futures::StreamExt as _;
use futures::stream::BoxStream;

use crate::ModelError;

/// A model that writes.
#[async_trait]
pub trait ChatModel: Send + Sync {
    /// The model's name as a person should see it.
    fn name(&self) -> &str;

    /// How many tokens prompt and answer may have together.
    fn context_tokens(&self) -> usize;

    /// Starts an answer. Dropping the stream ends the request at once.
    ///
    /// A stream that ends well wrote something and has exactly one [`ChatEvent::Finished`], as its last event. An
    /// error in the stream is its last item; what came before it stays valid.
    ///
    /// # Errors
    /// Whatever kept the answer from starting.
    async fn stream(&self, prompt: ChatPrompt) -> Result<ChatStream, ModelError>;

    /// All that the model writes, without its thinking.
    ///
    /// # Errors
    /// Whatever kept it from coming to its end.
    async fn reply(&self, prompt: ChatPrompt) -> Result<Reply, ModelError> {
        let mut events = self.stream(prompt).await?;
        let mut reply = Reply::default();
        while let Some(event) = events.next().await {
            match event? {
                ChatEvent::Text(piece) => reply.text += &piece,
                ChatEvent::TextWasReasoning => reply.text.clear(),
                ChatEvent::Reasoning(_) => {}
                ChatEvent::Finished { reason, usage } => (reply.reason, reply.usage) = (reason, usage),
            }
        }
        Ok(reply)
    }
}

/// What a model wrote in one go.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reply {
    /// Without its thinking.
    pub text: String,
    /// Why it stopped.
    pub reason: FinishReason,
    /// What it took.
    pub usage: Usage,
}

/// The events of one answer.
pub type ChatStream = BoxStream<'static, Result<ChatEvent, ModelError>>;

/// What a chat model is asked.
#[derive(Debug, Clone, PartialEq)]
pub struct ChatPrompt {
    /// In order; the last one is the user's.
    pub messages: Vec<Message>,
    /// What is shown with the last message.
    pub picture: Option<Picture>,
    /// The most tokens the answer may have; the model's own limit where `None`.
    pub max_tokens: Option<u32>,
    /// 0 to 2; the model's own default where `None`.
    pub temperature: Option<f32>,
}

impl ChatPrompt {
    /// Rules to be followed to the letter, and what they are about.
    #[must_use]
    pub fn exact(rules: &str, asked: String, max_tokens: u32) -> Self {
        let message = |role, text| Message { role, text };
        let rules = rules.trim_end().to_owned();
        Self {
            messages: vec![message(Role::System, rules), message(Role::User, asked)],
            picture: None,
            max_tokens: Some(max_tokens),
            temperature: Some(0.0),
        }
    }
}

/// A picture to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Such as `image/png`.
    pub media_type: &'static str,
    /// The file.
    pub bytes: Vec<u8>,
}

/// One message of a prompt.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Who speaks.
    pub role: Role,
    /// Plain text.
    pub text: String,
}

/// Who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// The rules of the conversation.
    System,
    /// The person, with the sources of the question.
    User,
    /// The model.
    Assistant,
}

/// A piece of an answer as it arrives.
#[derive(Debug, Clone, PartialEq)]
pub enum ChatEvent {
    /// A piece of the model's thinking; not part of the answer.
    Reasoning(String),
    /// A piece of the answer.
    Text(String),
    /// All [`ChatEvent::Text`] so far was thinking, not answer: the model closed a thinking block that it
    /// never opened. The answer starts after this.
    TextWasReasoning,
    /// The end.
    Finished {
        /// Why the model stopped.
        reason: FinishReason,
        /// What it took.
        usage: Usage,
    },
}

/// Why a model stopped.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum FinishReason {
    /// It was done.
    #[default]
    Stop,
    /// It ran into the token limit.
    Length,
    /// Something else, in the endpoint's own word.
    Other(String),
}

/// What one call took.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Usage {
    /// Tokens read.
    pub prompt_tokens: u64,
    /// Tokens written, thinking included.
    pub completion_tokens: u64,
    /// Cost in US dollars, where the endpoint says it.
    pub estimated_cost: Option<f64>,
    /// Whether the tokens were counted here because the endpoint did not say.
    pub estimated: bool,
}

impl AddAssign for Usage {
    /// What several calls took together.
    fn add_assign(&mut self, other: Self) {
        self.prompt_tokens += other.prompt_tokens;
        self.completion_tokens += other.completion_tokens;
        self.estimated_cost = match (self.estimated_cost, other.estimated_cost) {
            (None, None) => None,
            (one, other) => Some(one.unwrap_or_default() + other.unwrap_or_default()),
        };
        self.estimated |= other.estimated;
    }
}
