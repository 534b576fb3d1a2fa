//! Conversations to answers.

mod message;
mod request;
mod response;
mod stream;
mod tool;

pub use message::{AudioFormat, AudioInput, ChatMessage, Content, ContentPart, ImageDetail, ImageUrl};
pub use request::{ChatRequest, MemoryStrategy, ResponseFormat, StreamOptions};
pub use response::{ChatChoice, ChatResponse, FinishReason, LogProbs, ReplyMessage, TokenLogProb};
pub use stream::{ChatChunk, ChatStream, ChunkChoice, ChunkDelta, ToolCallDelta};
pub use tool::{FunctionCall, FunctionDefinition, Tool, ToolCall, ToolChoice};
