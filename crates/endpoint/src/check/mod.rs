//! Finding out what an endpoint can do, by trying.

mod chat;
mod embeddings;

use std::time::{Duration, Instant};

use serde::{Serialize, Serializer};

pub use chat::ChatFindings;
pub use embeddings::{BatchCap, EmbeddingFindings, InputLimit};

use crate::{Endpoint, Error, ErrorKind, ModelInfo};

/// What an endpoint can do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Check {
    /// Whether it answered at all, be it with a refusal.
    pub reachable: bool,
    /// Whether the key was accepted; none where no answer tells.
    pub key_accepted: Option<bool>,
    /// The models on offer. Not every endpoint has such a list.
    pub models: Finding<Vec<ModelInfo>>,
    /// What the profile's embedding model does; none where it names none.
    pub embeddings: Option<Finding<EmbeddingFindings>>,
    /// What the profile's chat model does; none where it names none.
    pub chat: Option<Finding<ChatFindings>>,
}

/// What was found, or why nothing was.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Finding<T> {
    /// It works.
    Works(T),
    /// It does not.
    Fails(#[serde(serialize_with = "as_text")] Error),
}

impl<T> Finding<T> {
    /// Why it does not work.
    pub fn error(&self) -> Option<&Error> {
        match self {
            Self::Works(_) => None,
            Self::Fails(error) => Some(error),
        }
    }
}

impl<T> From<Result<T, Error>> for Finding<T> {
    fn from(result: Result<T, Error>) -> Self {
        result.map_or_else(Self::Fails, Self::Works)
    }
}

impl Endpoint {
    /// Finds out what the endpoint and the models that its profile names can do. Takes some dozens of small
    /// calls, in the order of a cent with those that ask for money, and stops trying larger ones when a call
    /// takes longer than a few seconds.
    pub async fn check(&self) -> Check {
        let models = self.models().await;
        if let Err(error) = &models
            && !was_reached(error)
        {
            return Check {
                reachable: false,
                key_accepted: None,
                models: models.into(),
                embeddings: None,
                chat: None,
            };
        }
        let embeddings = match &self.profile().embedding_model {
            Some(model) => Some(Finding::from(embeddings::check(self, model).await)),
            None => None,
        };
        let chat = match &self.profile().chat_model {
            Some(model) => Some(Finding::from(chat::check(self, model).await)),
            None => None,
        };
        let models = Finding::from(models);
        let posts = [embeddings.as_ref().map(Finding::error), chat.as_ref().map(Finding::error)];
        // Some endpoints show their models to everybody: a list tells less about the key than an answer does.
        let key_accepted = posts.into_iter().flatten().chain([models.error()]).find_map(tells_of_key);
        Check { reachable: true, key_accepted, models, embeddings, chat }
    }
}

fn was_reached(error: &Error) -> bool {
    error.status().is_some()
}

fn tells_of_key(error: Option<&Error>) -> Option<bool> {
    match error.map(Error::kind) {
        None => Some(true),
        Some(ErrorKind::Unauthorized) => Some(false),
        Some(ErrorKind::PaymentRequired | ErrorKind::UnknownModel | ErrorKind::RateLimited { .. }) => {
            Some(true)
        }
        Some(_) => None,
    }
}

async fn timed<T>(call: impl Future<Output = Result<T, Error>>) -> Result<(T, Duration), Error> {
    let start = Instant::now();
    let result = call.await?;
    Ok((result, start.elapsed()))
}

fn as_text<S: Serializer>(error: &Error, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(error)
}

fn as_milliseconds<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_f64((duration.as_secs_f64() * 10_000.0).round() / 10.0)
}
