//! The models in use: those of an endpoint, or the built-in ones.

use std::sync::Arc;

use endpoint::{Endpoint, Profile};
use models::builtin::{BuiltinAnswerer, BuiltinEmbedder};
use models::{ChatModel, Embedder, EndpointChatModel, EndpointEmbedder, ModelError};

use crate::api::ModelStatus;
use crate::settings::Settings;

/// Where a person names no chat model: the one that DeepInfra's documentation uses in its examples. Local servers
/// with one model take any name.
const DEFAULT_CHAT_MODEL: &str = "meta-llama/Meta-Llama-3-8B-Instruct";

/// What small models of today have at the least. Ollama cuts longer prompts without a word.
const DEFAULT_CONTEXT_TOKENS: usize = 8_192;

/// The models in use.
pub(crate) struct Models {
    pub(crate) embedder: Arc<dyn Embedder>,
    pub(crate) chat: Arc<dyn ChatModel>,
    /// Whether answers are quotes of the built-in model.
    pub(crate) built_in: bool,
    /// The host that text is sent to, if any.
    host: Option<String>,
}

impl Models {
    /// The models that the settings name.
    pub(crate) fn of(settings: &Settings) -> Result<Self, ModelError> {
        let embedding_profile = settings.embedding_endpoint.as_ref().or(settings.endpoint.as_ref());
        let embedder: Arc<dyn Embedder> = match embedding_profile {
            Some(profile) => Arc::new(EndpointEmbedder::new(Endpoint::new(profile.clone())?)),
            None => Arc::new(BuiltinEmbedder::new()),
        };
        let chat: Arc<dyn ChatModel> = match &settings.endpoint {
            Some(profile) => {
                let name = profile.chat_model.as_deref().unwrap_or(DEFAULT_CHAT_MODEL);
                let context_tokens = settings.context_tokens.unwrap_or(DEFAULT_CONTEXT_TOKENS);
                Arc::new(EndpointChatModel::new(Endpoint::new(profile.clone())?, name, context_tokens))
            }
            None => Arc::new(BuiltinAnswerer::new()),
        };
        let host = settings.endpoint.as_ref().or(embedding_profile).and_then(host);
        Ok(Self { embedder, chat, built_in: settings.endpoint.is_none(), host })
    }

    pub(crate) fn status(&self) -> ModelStatus {
        ModelStatus {
            chat: self.chat.name().to_owned(),
            embedding: self.embedder.space().model.clone(),
            built_in: self.built_in,
            host: self.host.clone(),
        }
    }
}

/// The host alone: an address may hold a password.
fn host(profile: &Profile) -> Option<String> {
    let address = url::Url::parse(&profile.base_url)
        .or_else(|_| url::Url::parse(&format!("http://{}", profile.base_url)));
    address.ok()?.host_str().map(str::to_owned)
}
