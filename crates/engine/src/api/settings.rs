use std::fmt;

use serde::{Deserialize, Serialize};

use super::{ErrorMessage, SecondOpinions};

/// The settings as a person sees them.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct SettingsView {
    /// The well-known endpoints, in the order in which to offer them.
    pub presets: Vec<EndpointPreset>,
    /// The endpoint in use; none where the built-in models are.
    pub endpoint: Option<EndpointSettings>,
    /// Where the endpoint's key is.
    pub key: KeyPlace,
    /// Whether flags or FOOTNOTE_* variables go before what is set here.
    pub overridden: bool,
    /// What the chat model costs, where the endpoint does not tell.
    pub prices: Option<Prices>,
    /// When the chat model is asked for a second opinion.
    pub second_opinions: SecondOpinions,
}

/// A well-known endpoint.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EndpointPreset {
    /// Its word in settings, such as `deepinfra`.
    pub id: String,
    /// Its name; empty for an endpoint of one's own.
    pub name: String,
    /// Whether it answers nobody without a key.
    pub needs_key: bool,
    /// What is known of it.
    pub endpoint: EndpointSettings,
}

/// What a person sets of an endpoint. As it is shown, it has no model for a role that another one serves in its place;
/// a model that is named for that role takes it back.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EndpointSettings {
    /// The preset that it begins with.
    pub preset: Option<String>,
    /// Its address, with or without `/v1`.
    pub base_url: String,
    /// The model that writes.
    pub chat_model: Option<String>,
    /// The model that embeds.
    pub embedding_model: Option<String>,
    /// The model that puts passages in order of relevance.
    pub rerank_model: Option<String>,
    /// The model that makes pictures.
    pub image_model: Option<String>,
    /// The model that reads pictures of pages.
    pub vision_model: Option<String>,
}

/// Where a key is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum KeyPlace {
    /// There is none.
    Nowhere,
    /// In FOOTNOTE_API_KEY.
    Environment,
    /// In the operating system's keychain.
    Keychain,
    /// In memory, until Footnote is closed: the system has no keychain, or it is locked.
    Session,
}

/// An endpoint to use or to try, with a key that was typed.
#[derive(Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EndpointRequest {
    /// The endpoint; none for the built-in models.
    pub endpoint: Option<EndpointSettings>,
    /// A new key; none to go on with the one that is known for the endpoint's host, an empty one to forget that.
    pub key: Option<String>,
    /// What the chat model costs, where the endpoint does not tell.
    pub prices: Option<Prices>,
    /// When the chat model is asked for a second opinion.
    #[serde(default)]
    pub second_opinions: SecondOpinions,
}

impl fmt::Debug for EndpointRequest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EndpointRequest").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// US dollars for a million tokens.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Prices {
    /// Read.
    pub prompt: f64,
    /// Written.
    pub completion: f64,
}

impl Prices {
    /// What so many tokens read and written cost.
    #[must_use]
    pub fn cost(self, read: u64, written: u64) -> f64 {
        (read as f64 * self.prompt + written as f64 * self.completion) / 1e6
    }
}

/// A model on offer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct ModelChoice {
    /// What to call it by.
    pub id: String,
    /// How many tokens prompt and answer may have together, where the endpoint tells.
    pub context_tokens: Option<u32>,
}

/// What an endpoint can do, found out by trying.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct EndpointCheck {
    /// Whether it answered at all, be it with a refusal.
    pub reachable: bool,
    /// Whether the key was accepted; none where no answer tells.
    pub key_accepted: Option<bool>,
    /// How many models it lists; none where it has no list.
    pub models: Option<u32>,
    /// Why there is no list of models.
    pub models_error: Option<ErrorMessage>,
    /// What the embedding model does.
    pub embeddings: Option<EmbeddingCheck>,
    /// What the chat model does.
    pub chat: Option<ChatCheck>,
}

/// What an embedding model does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum EmbeddingCheck {
    /// It works.
    Works {
        /// The model.
        model: String,
        /// How long its vectors are.
        dimensions: u32,
        /// How long a call with one short text takes.
        latency_ms: f64,
        /// How many texts a call may have, as far as was tried.
        texts: u32,
        /// About how many words a text may have, as far as was tried.
        words: u32,
        /// What happens to a longer text.
        longer_texts: LongerTexts,
    },
    /// It does not.
    Fails {
        /// What happened and what to do.
        message: ErrorMessage,
    },
}

/// What happens to a text that is longer than an embedding model reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LongerTexts {
    /// It is refused.
    Refused,
    /// Its end is ignored, and nothing says so.
    Cut,
    /// It was not tried.
    Untried,
}

/// What a chat model does.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum ChatCheck {
    /// It works.
    Works {
        /// The model.
        model: String,
        /// Whether its answer comes in pieces.
        streams: bool,
        /// Whether a stream tells the usage.
        usage_in_stream: bool,
        /// Whether it thinks before it answers.
        thinks: bool,
        /// From the request to the first piece of text or thinking.
        first_token_ms: f64,
    },
    /// It does not.
    Fails {
        /// What happened and what to do.
        message: ErrorMessage,
    },
}
