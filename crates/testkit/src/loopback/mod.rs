//! An OpenAI-compatible endpoint on this computer with small models of its own, and with faults on demand.
//!
//! It writes the wire format by itself, with no type of the client's, so that both do not err together.

mod answer;
mod brain;
mod chat;
mod completions;
mod embeddings;
mod event_stream;
mod fault;
mod gate;
mod images;
mod record;
mod refusal;
mod rerank;
mod vision;

use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use axum::response::Response;
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::sync::Semaphore;

use crate::server::Server;
pub use fault::{Component, Fault, Framing, VectorFault};
use record::Record;
pub use record::Recorded;

/// The chat model's name at the loopback endpoint.
pub const CHAT_MODEL: &str = "loopback-chat";
/// The embedding model's name at the loopback endpoint.
pub const EMBEDDING_MODEL: &str = "BAAI/bge-large-en-v1.5";
/// The reranking model's name at the loopback endpoint.
pub const RERANK_MODEL: &str = "loopback-rerank";
/// The image model's name at the loopback endpoint.
pub const IMAGE_MODEL: &str = "loopback-image";
/// The vision model's name at the loopback endpoint.
pub const VISION_MODEL: &str = "loopback-vision";

/// How the endpoint behaves towards every request.
#[derive(Debug, Clone)]
pub struct Options {
    /// 0 for any free port.
    pub port: u16,
    /// The key that it asks for, as a bearer or in `x-api-key`; none is asked for where `None`.
    pub key: Option<String>,
    /// Between two events of a stream.
    pub token_delay: Duration,
    /// Before every answer, while a slot is taken.
    pub latency: Duration,
    /// How many requests are worked on at once.
    pub slots: usize,
    /// The most texts in one embeddings request.
    pub batch_cap: usize,
    /// The most characters of a text to embed.
    pub input_cap: usize,
    /// A word that the embedding model fails at, with all texts of a call that holds it.
    pub unembeddable: Option<&'static str>,
    /// What comes before each answer.
    pub thinking: Thinking,
    /// Fields that a request must not have.
    pub refused_fields: Vec<&'static str>,
    /// What the vision model reads off pictures with one black bar, with two, …
    pub page_texts: Vec<String>,
    /// Whether to keep what was asked.
    pub records_bodies: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            port: 0,
            key: None,
            token_delay: Duration::ZERO,
            latency: Duration::ZERO,
            slots: Semaphore::MAX_PERMITS,
            batch_cap: usize::MAX,
            input_cap: usize::MAX,
            unembeddable: None,
            thinking: Thinking::None,
            refused_fields: Vec::new(),
            page_texts: Vec::new(),
            records_bodies: true,
        }
    }
}

/// How thinking stands before an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Thinking {
    /// There is none.
    None,
    /// In a field of its own, of this name.
    Field(&'static str),
    /// In the text, between `<think>` and `</think>`.
    Tags,
    /// In the text, before `</think>`, with no opening tag.
    ClosingTag,
}

/// What the chat model thinks, where it does.
pub const THOUGHT: &str = "The sources may answer this; I look at each of them.";

/// A running endpoint; dropping it stops it.
#[derive(Debug)]
pub struct Loopback {
    server: Server,
    shared: Arc<Shared>,
}

pub(crate) struct Shared {
    options: Options,
    slots: Semaphore,
    record: Record,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Shared").field("options", &self.options).finish_non_exhaustive()
    }
}

impl Loopback {
    /// Starts on a thread and runtime of its own.
    ///
    /// # Errors
    /// The port is taken, or no thread or runtime can be had.
    pub fn start(options: Options) -> io::Result<Self> {
        let port = options.port;
        let shared =
            Arc::new(Shared { slots: Semaphore::new(options.slots), record: Record::default(), options });
        Ok(Self { server: Server::start(port, router(Arc::clone(&shared)))?, shared })
    }

    /// The base URL of the API.
    #[must_use]
    pub fn base_url(&self) -> String {
        format!("http://{}/v1", self.server.address)
    }

    /// Lets the next request without a fault of its own have this one.
    pub fn inject(&self, fault: Fault) {
        self.shared.record.add_fault(fault);
    }

    /// Answers from now on without the faults that are still to come.
    pub fn recover(&self) {
        self.shared.record.forget_faults();
    }

    /// All requests so far, in the order of their arrival.
    #[must_use]
    pub fn requests(&self) -> Vec<Recorded> {
        self.shared.record.requests()
    }

    /// How many texts were turned into vectors so far.
    #[must_use]
    pub fn embedded_inputs(&self) -> usize {
        self.shared.record.embedded_inputs()
    }

    /// How long the slots were taken, all together.
    #[must_use]
    pub fn time_at_work(&self) -> Duration {
        self.shared.record.time_at_work()
    }

    /// How many requests are under way now.
    #[must_use]
    pub fn in_flight(&self) -> usize {
        self.shared.record.in_flight()
    }

    /// The most requests that were under way at once.
    #[must_use]
    pub fn most_in_flight(&self) -> usize {
        self.shared.record.most_in_flight()
    }

    /// How many streams were left by the client before their end.
    #[must_use]
    pub fn disconnects(&self) -> usize {
        self.shared.record.disconnects()
    }
}

fn router(shared: Arc<Shared>) -> Router {
    let api = Router::new()
        .route("/chat/completions", post(chat::answer))
        .route("/completions", post(completions::answer))
        .route("/embeddings", post(embeddings::answer))
        .route("/rerank", post(rerank::answer))
        .route("/images/generations", post(images::answer))
        .route("/models", get(models));
    Router::new()
        .nest("/v1", api)
        .route("/v4/beta/chat/completions", post(chat::answer))
        .fallback(|| async { refusal::not_found() })
        // The gate has bounded them.
        .layer(DefaultBodyLimit::disable())
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), gate::pass))
        .with_state(shared)
}

async fn models() -> Response {
    let entry = |id: &str| json!({"id": id, "object": "model", "created": 0, "owned_by": "footnote"});
    let mut chat = entry(CHAT_MODEL);
    chat["max_model_len"] = Value::from(brain::CONTEXT_TOKENS);
    let others = [EMBEDDING_MODEL, RERANK_MODEL, IMAGE_MODEL, VISION_MODEL].map(entry);
    let all: Vec<Value> = [chat].into_iter().chain(others).collect();
    answer::json_response(&json!({"object": "list", "data": all}))
}
