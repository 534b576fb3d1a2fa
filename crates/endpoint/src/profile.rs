//! Where an endpoint is and how to talk to it.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::{Operation, PromptFormat};

/// One endpoint: its address, its key, its models and its manners.
///
/// All but the key can be written to a settings file; the key is skipped both ways and has to be set after
/// reading. Debug output shows name and address only.
#[derive(Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Profile {
    /// What a person calls it.
    pub name: String,
    /// The address, with or without scheme, `/v1` and trailing slash.
    pub base_url: String,
    /// How the key is sent.
    pub auth: AuthScheme,
    /// The key; none for endpoints that ask for none.
    #[serde(skip)]
    pub key: Option<SecretString>,
    /// Where this endpoint's paths differ from the usual ones.
    pub paths: Paths,
    /// The model that writes. Model names are passed through untouched, so `NAME:VERSION`, `deploy_id:ID` and
    /// `vendor/model/deployment` work where the endpoint knows them.
    pub chat_model: Option<String>,
    /// The model that turns text into vectors.
    pub embedding_model: Option<String>,
    /// The model that puts passages in order of relevance. None is asked where this is not set.
    pub rerank_model: Option<String>,
    /// The model that makes pictures.
    pub image_model: Option<String>,
    /// The chat model that reads pictures of pages. None is asked where this is not set.
    pub vision_model: Option<String>,
    /// For endpoints and models that only write prompts on: chat goes through completions, with conversations
    /// written out like this.
    pub prompt_format: Option<PromptFormat>,
    /// Put into the body of every chat and completion request that does not set them itself.
    pub extra_parameters: Map<String, Value>,
    /// Sent with every request.
    pub extra_headers: BTreeMap<String, String>,
    /// How long to wait for what.
    pub timeouts: Timeouts,
    /// A proxy's address (`http://`, `https://`; user name and password allowed). Without one the system's
    /// proxy is used, except for endpoints on this computer.
    pub proxy: Option<String>,
    /// The most requests under way at once, streams included; at least 1.
    pub concurrency: usize,
    /// When to ask again.
    pub retry: Retry,
}

impl Profile {
    /// An endpoint at `base_url` that asks for no key, or for a bearer key set later; all else as usual.
    #[must_use]
    pub fn new(base_url: impl Into<String>) -> Self {
        Self { base_url: base_url.into(), ..Self::default() }
    }

    /// The same, with a key.
    #[must_use]
    pub fn with_key(self, key: impl Into<String>) -> Self {
        Self { key: Some(SecretString::from(key.into())), ..self }
    }
}

impl Default for Profile {
    fn default() -> Self {
        Self {
            name: String::new(),
            base_url: String::new(),
            auth: AuthScheme::Bearer,
            key: None,
            paths: Paths::default(),
            chat_model: None,
            embedding_model: None,
            rerank_model: None,
            image_model: None,
            vision_model: None,
            prompt_format: None,
            extra_parameters: Map::new(),
            extra_headers: BTreeMap::new(),
            timeouts: Timeouts::default(),
            proxy: None,
            concurrency: 8,
            retry: Retry::default(),
        }
    }
}

impl fmt::Debug for Profile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Headers and proxy may hold passwords, and the address may hold one before its host.
        let address = crate::base_url::normalise(&self.base_url);
        let host = address.as_ref().and_then(|url| url.host_str());
        f.debug_struct("Profile").field("name", &self.name).field("host", &host).finish_non_exhaustive()
    }
}

/// How a key is sent.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AuthScheme {
    /// `Authorization: Bearer KEY`.
    #[default]
    Bearer,
    /// The key alone in a header of this name, such as `x-api-key`.
    Header(String),
}

/// The paths of the calls. One that starts with a slash counts from the host, any other from the base URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Paths {
    /// Chat completions.
    pub chat: String,
    /// Completions.
    pub completions: String,
    /// Embeddings.
    pub embeddings: String,
    /// Reranking.
    pub rerank: String,
    /// Image generation.
    pub images: String,
    /// The list of models.
    pub models: String,
}

impl Paths {
    pub(crate) fn of(&self, operation: Operation) -> &str {
        match operation {
            Operation::Chat => &self.chat,
            Operation::Completion => &self.completions,
            Operation::Embeddings => &self.embeddings,
            Operation::Rerank => &self.rerank,
            Operation::Images => &self.images,
            Operation::Models => &self.models,
        }
    }
}

impl Default for Paths {
    fn default() -> Self {
        Self {
            chat: "chat/completions".to_owned(),
            completions: "completions".to_owned(),
            embeddings: "embeddings".to_owned(),
            rerank: "rerank".to_owned(),
            images: "images/generations".to_owned(),
            models: "models".to_owned(),
        }
    }
}

/// How long to wait for what, in seconds in the settings file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Timeouts {
    /// For the connection, the TLS handshake included.
    #[serde(with = "seconds")]
    pub connect: Duration,
    /// From the request to the first byte of the answer's body: the time a server may queue, load a model and
    /// read the prompt. Servers were seen to send nothing at all meanwhile.
    #[serde(with = "seconds")]
    pub first_byte: Duration,
    /// Between two pieces of an answer; a keep-alive comment counts as one.
    #[serde(with = "seconds")]
    pub idle: Duration,
    /// For everything, from the request to the answer's last byte.
    #[serde(with = "seconds")]
    pub whole: Duration,
}

impl Default for Timeouts {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            first_byte: Duration::from_secs(180),
            idle: Duration::from_secs(60),
            whole: Duration::from_secs(1800),
        }
    }
}

/// When to ask again: only where nothing was received and the call is safe to repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Retry {
    /// How often at most. Seven with the usual first delay wait about a minute together, which is the window of
    /// most rate limits and what a local server takes to load a model.
    pub times: usize,
    /// Before the first; doubled each time, with jitter. A server's `Retry-After` goes before it.
    #[serde(with = "seconds")]
    pub first_delay: Duration,
}

impl Default for Retry {
    fn default() -> Self {
        Self { times: 7, first_delay: Duration::from_millis(500) }
    }
}

mod seconds {
    use std::time::Duration;

    use serde::{Deserialize, Deserializer, Serializer, de::Error};

    pub fn serialize<S: Serializer>(duration: &Duration, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(duration.as_secs_f64())
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Duration, D::Error> {
        Duration::try_from_secs_f64(f64::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
