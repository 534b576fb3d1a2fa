//! The OpenAI-compatible HTTP API: typed requests and responses, event streams, errors.
//!
//! A [`Profile`] says where an endpoint is and how to talk to it; an [`Endpoint`] makes the calls. Every
//! call can be cancelled by dropping its future or stream: the connection closes, and the server sees it.
//!
//! What is documented of a field (ranges, defaults) comes from the published chat schema of DeepInfra and
//! from the OpenAI API; where servers differ from it, the reading side is lenient and the writing side sends
//! only what was set.

mod base_url;
mod call;
#[cfg(test)]
mod captured;
mod chat;
mod check;
mod completion;
mod connection;
mod embedding;
mod endpoint;
mod error;
mod error_kind;
mod event_stream;
mod exchange;
mod hub;
mod image;
mod ledger;
mod lenient;
mod model_list;
mod preset;
mod profile;
mod prompt_template;
mod refusal;
mod rerank;
mod response;
mod retry;
mod surrogates;
mod usage;

pub use call::{Call, Operation};
pub use chat::{
    AudioFormat, AudioInput, ChatChoice, ChatChunk, ChatMessage, ChatRequest, ChatResponse, ChatStream,
    ChunkChoice, Content, ContentPart, FinishReason, FunctionCall, FunctionDefinition, ImageDetail, ImageUrl,
    LogProbs, MemoryStrategy, ReplyMessage, ResponseFormat, StreamOptions, TokenLogProb, Tool, ToolCall,
    ToolChoice,
};
pub use check::{BatchCap, ChatFindings, Check, EmbeddingFindings, Finding, InputLimit};
pub use completion::{Completion, CompletionChoice, CompletionRequest, CompletionStream};
pub use embedding::{EmbeddingRequest, Embeddings};
pub use endpoint::Endpoint;
pub use error::Error;
pub use error_kind::{ErrorKind, ProfileFault, TimeoutPhase, Violation};
pub use hub::{Download, HUGGING_FACE, Hub, HubChecksum, HubFile, HubModel};
pub use image::{Image, ImageRequest};
pub use ledger::{Amount, Ended, Ledger, Note, Purpose, RequestOutcome, Sent};
pub use model_list::ModelInfo;
pub use preset::Preset;
pub use profile::{AuthScheme, Paths, Profile, Retry, Timeouts};
pub use prompt_template::PromptFormat;
pub use rerank::{Relevance, RerankRequest, Reranked};
pub use usage::Usage;
