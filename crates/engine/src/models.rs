//! The models in use: those of an endpoint, or those that run in this process.

use std::sync::Arc;
use std::time::Duration;

use answer::{Answerer, ChatReranker, PromptedAnswerer, QuotingAnswerer};
use endpoint::{Endpoint, Profile};
use library::{Reranking, Usage};
use models::{
    ChatModel, DEFAULT_EMBEDDING_MODEL, Embedder, EndpointChatModel, EndpointEmbedder, EndpointReranker,
    LocalEmbedder, LocalReranker, ModelError, Reranker,
};

use crate::api::{ModelStatus, Prices, SecondOpinions};
use crate::searching::milliseconds;
use crate::settings::{Settings, host};

/// Where a person names no chat model: the one that DeepInfra's documentation uses in its examples. Local servers
/// with one model take any name.
const DEFAULT_CHAT_MODEL: &str = "meta-llama/Meta-Llama-3-8B-Instruct";

/// What small models of today have at the least. Ollama cuts longer prompts without a word.
const DEFAULT_CONTEXT_TOKENS: usize = 8_192;

/// As the name of the reranking model: the chat model puts the passages in order.
const CHAT_MODEL_RERANKS: &str = "chat";

/// As the name of the embedding model: the built-in one embeds although an endpoint writes.
const BUILT_IN_EMBEDS: &str = "built-in";

/// The models in use.
#[derive(Clone)]
pub(crate) struct Models {
    /// Nothing where the files of the model that comes with the app are missing.
    pub(crate) embedder: Option<Arc<dyn Embedder>>,
    pub(crate) answerer: Arc<dyn Answerer>,
    /// What the endpoint that writes the answers is asked besides, if there is one.
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
    /// The reranking model that is installed on this computer, if any.
    reranker: Option<Arc<dyn Reranker>>,
    /// The endpoint that writes the answers, if any.
    pub(crate) endpoint: Option<Endpoint>,
    /// The endpoint that embeds, if any.
    pub(crate) embedding_endpoint: Option<Endpoint>,
    /// How much the endpoint's models take at once.
    context_tokens: usize,
    /// What the chat model costs, where the endpoint does not tell.
    prices: Option<Prices>,
    /// When the chat model is asked for a second opinion.
    pub(crate) second_opinions: SecondOpinions,
}

/// A model that reads pictures of pages.
pub(crate) struct Vision {
    pub(crate) model: Arc<dyn ChatModel>,
    /// Where the pictures go.
    pub(crate) host: String,
}

impl Models {
    /// The models that the settings name.
    pub(crate) fn of(settings: &Settings) -> Result<Self, ModelError> {
        let open = |profile: &Profile| Endpoint::new(with_default_models(profile.clone()));
        let endpoint = settings.endpoint.as_ref().map(open).transpose()?;
        let embedding_endpoint =
            settings.embedding_endpoint.as_ref().map(open).transpose()?.or_else(|| endpoint.clone());
        let embedding_endpoint =
            embedding_endpoint.filter(|endpoint| endpoint.profile().embedding_model.is_some());
        let shipped = LocalEmbedder::shipped().map(|shipped| Arc::new(shipped) as Arc<dyn Embedder>);
        let embedder = match &embedding_endpoint {
            Some(endpoint) => Some(Arc::new(EndpointEmbedder::new(endpoint.clone())) as _),
            None => shipped.clone(),
        };
        let context_tokens = settings.context_tokens.unwrap_or(DEFAULT_CONTEXT_TOKENS);
        let quoting = Self {
            embedder,
            answerer: Arc::new(QuotingAnswerer::new(shipped)),
            chat: None,
            reranker: LocalReranker::installed().map(|installed| Arc::new(installed) as _),
            endpoint,
            embedding_endpoint,
            context_tokens,
            prices: settings.prices,
            second_opinions: settings.second_opinions,
        };
        let name = quoting.endpoint.as_ref().and_then(|endpoint| endpoint.profile().chat_model.clone());
        Ok(quoting.writing_with(&name.unwrap_or_default()))
    }

    /// The same with another chat model of the endpoint, of which no price is set. The built-in answerer stays as it is.
    pub(crate) fn answering_with(&self, chat_model: &str) -> Self {
        Self { prices: None, ..self.writing_with(chat_model) }
    }

    fn writing_with(&self, chat_model: &str) -> Self {
        let Some(endpoint) = &self.endpoint else { return self.clone() };
        let chat: Arc<dyn ChatModel> =
            Arc::new(EndpointChatModel::new(endpoint.clone(), chat_model, self.context_tokens));
        // A gateway that remembers is asked to choose itself how much of a conversation the model is told.
        let folds = !endpoint.profile().extra_parameters.contains_key("memory_strategy");
        let answerer = Arc::new(PromptedAnswerer::new(Arc::clone(&chat), folds));
        Self { answerer, chat: Some(chat), ..self.clone() }
    }

    /// What puts passages in order: the model that a person has named for it, else the one that is installed.
    pub(crate) fn reranker(&self) -> Option<Arc<dyn Reranker>> {
        if self.chat_reranks() {
            return Some(Arc::new(ChatReranker::new(Arc::clone(self.chat.as_ref()?))));
        }
        let named = self.endpoint.clone().and_then(EndpointReranker::new);
        named.map(|named| Arc::new(named) as _).or_else(|| self.reranker.clone())
    }

    /// What reads pictures of pages, where a person has named a model for it.
    pub(crate) fn vision(&self) -> Option<Vision> {
        let endpoint = self.endpoint.as_ref()?;
        let name = endpoint.profile().vision_model.clone()?;
        let host = host(&endpoint.profile().base_url)?;
        let model = EndpointChatModel::new(endpoint.clone(), name, self.context_tokens);
        Some(Vision { model: Arc::new(model), host })
    }

    fn chat_reranks(&self) -> bool {
        let profile = self.endpoint.as_ref().map(Endpoint::profile);
        profile.and_then(|profile| profile.rerank_model.as_deref()) == Some(CHAT_MODEL_RERANKS)
    }

    /// What reranking took. The prices that are set are those of the chat model.
    pub(crate) fn reranking(&self, took: Duration, usage: models::Usage) -> Reranking {
        let usage = if self.chat_reranks() { self.priced(used(usage)) } else { used(usage) };
        Reranking { milliseconds: milliseconds(took), usage }
    }

    pub(crate) fn status(&self) -> ModelStatus {
        ModelStatus {
            chat: self.answerer.name().to_owned(),
            embedding: self.embedder.as_ref().map(|embedder| embedder.space().model.clone()),
            image: self.endpoint.as_ref().and_then(|endpoint| endpoint.profile().image_model.clone()),
            vision: self.endpoint.as_ref().and_then(|endpoint| endpoint.profile().vision_model.clone()),
            built_in: self.built_in(),
            host: self
                .endpoint
                .as_ref()
                .or(self.embedding_endpoint.as_ref())
                .and_then(|endpoint| host(&endpoint.profile().base_url)),
            second_opinions: self.second_opinions,
        }
    }

    /// What was used, with what it costs by the prices that are set where the endpoint did not tell.
    pub(crate) fn priced(&self, usage: Usage) -> Usage {
        let cost = self.prices.filter(|_| !self.built_in()).map(|Prices { prompt, completion }| {
            (usage.prompt_tokens as f64 * prompt + usage.completion_tokens as f64 * completion) / 1e6
        });
        Usage { estimated_cost: usage.estimated_cost.or(cost), ..usage }
    }

    /// Whether answers are quotes of the built-in model.
    pub(crate) fn built_in(&self) -> bool {
        self.endpoint.is_none()
    }
}

/// What a call took, as it is kept.
pub(crate) fn used(usage: models::Usage) -> Usage {
    Usage {
        prompt_tokens: usage.prompt_tokens,
        completion_tokens: usage.completion_tokens,
        estimated_cost: usage.estimated_cost,
        estimated: usage.estimated,
    }
}

fn with_default_models(profile: Profile) -> Profile {
    let embedding_model = profile.embedding_model.unwrap_or_else(|| DEFAULT_EMBEDDING_MODEL.to_owned());
    Profile {
        chat_model: profile.chat_model.or_else(|| Some(DEFAULT_CHAT_MODEL.to_owned())),
        embedding_model: Some(embedding_model).filter(|name| name != BUILT_IN_EMBEDS),
        ..profile
    }
}
