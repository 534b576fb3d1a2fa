//! Conversations to answers.

mod by_completion;
mod message;
mod reply;
mod request;
mod response;
mod stream;
mod tool;

pub(crate) use by_completion::completion_request;
pub use message::{AudioFormat, AudioInput, ChatMessage, Content, ContentPart, ImageDetail, ImageUrl};
pub use reply::ReplyMessage;
pub use request::{ChatRequest, MemoryStrategy, ResponseFormat, StreamOptions};
pub(crate) use response::finish_reason;
pub use response::{ChatChoice, ChatResponse, FinishReason, LogProbs, TokenLogProb};
pub(crate) use stream::in_deltas;
pub use stream::{ChatChunk, ChatStream, ChunkChoice};
pub use tool::{FunctionCall, FunctionDefinition, Tool, ToolCall, ToolChoice};
