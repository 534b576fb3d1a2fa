//! The models in use: those of an endpoint, or those that run in this process.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use answer::{Answerer, ChatReranker, PromptedAnswerer, QuotingAnswerer};
use endpoint::{Endpoint, Ledger, Profile, Purpose};
use library::{Reranking, Usage};
use models::{
    ChatModel, DEFAULT_EMBEDDING_MODEL, Embedder, EndpointChatModel, EndpointEmbedder, EndpointReranker,
    LocalEmbedder, LocalReranker, LocalVerifier, ModelError, Reranker,
};
use serde_json::Map;

use crate::api::{ModelInfo, Prices, Provider, Role, SecondOpinions};
use crate::searching::milliseconds;
use crate::settings::{Settings, Source, host, without_password};

/// Where a person names no chat model: the one that DeepInfra's documentation uses in its examples. Local servers
/// with one model take any name.
const DEFAULT_CHAT_MODEL: &str = "meta-llama/Meta-Llama-3-8B-Instruct";

/// What small models of today have at the least. Ollama cuts longer prompts without a word.
const DEFAULT_CONTEXT_TOKENS: usize = 8_192;

/// As the name of the reranking model: the chat model puts the passages in order.
const CHAT_MODEL_RERANKS: &str = "chat";

/// As the name of the embedding model: one on this computer embeds although an endpoint writes.
pub(crate) const BUILT_IN_EMBEDS: &str = "built-in";

/// The models in use.
#[derive(Clone)]
pub(crate) struct Models {
    /// Nothing where the files of the model that is to embed are missing.
    pub(crate) embedder: Option<Arc<dyn Embedder>>,
    /// Where it is found.
    pub(crate) embeds: Source<Profile>,
    pub(crate) answerer: Arc<dyn Answerer>,
    /// What the endpoint that writes the answers is asked besides, if there is one.
    pub(crate) chat: Option<Arc<dyn ChatModel>>,
    /// What has a second opinion, if anything has.
    pub(crate) judge: Option<Judge>,
    /// What puts passages in order, if it is not the chat model.
    reranker: Option<Arc<dyn Reranker>>,
    /// The endpoints, by the roles that they serve.
    endpoints: BTreeMap<Role, Endpoint>,
    in_use: BTreeMap<Role, ModelInfo>,
    /// How much the endpoint's models take at once.
    context_tokens: usize,
    /// When the chat model is asked for a second opinion.
    pub(crate) second_opinions: SecondOpinions,
}

/// A model that has a second opinion.
#[derive(Clone)]
pub(crate) enum Judge {
    /// It is asked once about all sentences.
    Chat(Arc<dyn ChatModel>),
    /// It judges sentence by sentence, in this process.
    Verifier(Arc<LocalVerifier>),
}

/// A model that reads pictures of pages.
pub(crate) struct Vision {
    pub(crate) model: Arc<dyn ChatModel>,
    /// Where the pictures go.
    pub(crate) host: String,
}

impl Models {
    /// The models that the settings name. Each of their requests is noted in `ledger`.
    pub(crate) fn of(settings: &Settings, ledger: &Ledger) -> Result<Self, ModelError> {
        let shipped = LocalEmbedder::shipped().map(|shipped| Arc::new(shipped) as Arc<dyn Embedder>);
        let quoting = Self {
            embedder: None,
            embeds: Source::BuiltIn,
            answerer: Arc::new(QuotingAnswerer::new(shipped.clone())),
            chat: None,
            judge: None,
            reranker: None,
            endpoints: endpoints(settings, ledger)?,
            in_use: BTreeMap::new(),
            context_tokens: settings.context_tokens.unwrap_or(DEFAULT_CONTEXT_TOKENS),
            second_opinions: settings.second_opinions,
        };
        let mut models = quoting.embedding(settings, shipped).reranking_by(settings);
        models.in_use.insert(Role::Write, local(models.answerer.name(), Provider::BuiltIn));
        for (role, endpoint) in &models.endpoints {
            models.in_use.extend(remote(*role, endpoint.profile()).map(|model| (*role, model)));
        }
        if let Some(written) = models.endpoint(Role::Write) {
            let name = model_for(Role::Write, written.profile()).unwrap_or_default().to_owned();
            models = models.writing_with(&name, settings.prices);
        }
        Ok(models.judging_by(settings))
    }

    fn embedding(self, settings: &Settings, shipped: Option<Arc<dyn Embedder>>) -> Self {
        if let Some(endpoint) = self.endpoint(Role::Embed) {
            let embeds = Source::Endpoint(without_secrets(endpoint.profile()));
            return Self {
                embedder: Some(Arc::new(EndpointEmbedder::new(endpoint.clone()))),
                embeds,
                ..self
            };
        }
        let embeds = match settings.roles.get(&Role::Embed) {
            Some(Source::Installed(name)) => Source::Installed(name.clone()),
            _ => Source::BuiltIn,
        };
        let (embedder, provider) = match settings.roles.get(&Role::Embed) {
            Some(Source::Installed(name)) => {
                (LocalEmbedder::installed(name).map(|model| Arc::new(model) as _), Provider::Installed)
            }
            _ => (shipped, Provider::BuiltIn),
        };
        let info = embedder.as_ref().map(|model| local(model.name(), provider));
        Self { embedder, embeds, ..self }.serving(Role::Embed, info)
    }

    fn reranking_by(self, settings: &Settings) -> Self {
        if let Some(endpoint) = self.endpoint(Role::Rerank) {
            let reranker = EndpointReranker::new(endpoint.clone()).map(|model| Arc::new(model) as _);
            return Self { reranker, ..self };
        }
        let reranker = match settings.roles.get(&Role::Rerank) {
            Some(Source::Installed(name)) => LocalReranker::installed(name),
            _ => LocalReranker::first_installed(),
        };
        let info = reranker.as_ref().map(|model| local(model.name(), Provider::Installed));
        Self { reranker: reranker.map(|model| Arc::new(model) as _), ..self }.serving(Role::Rerank, info)
    }

    /// The model that a person has named judges, else the chat model, else one that is installed.
    fn judging_by(self, settings: &Settings) -> Self {
        let verifier = match (settings.roles.get(&Role::Judge), self.endpoint(Role::Judge)) {
            (Some(Source::Installed(name)), _) => LocalVerifier::installed(name),
            (Some(Source::Endpoint(_)), Some(endpoint)) => {
                let name = model_for(Role::Judge, endpoint.profile()).unwrap_or_default();
                let chat = EndpointChatModel::new(endpoint.clone(), name, self.context_tokens);
                let info = remote(Role::Judge, endpoint.profile());
                return Self { judge: Some(Judge::Chat(Arc::new(chat))), ..self }.serving(Role::Judge, info);
            }
            _ if self.judge.is_some() => return self,
            _ => LocalVerifier::first_installed(),
        };
        let info = verifier.as_ref().map(|model| local(model.name(), Provider::Installed));
        let judge = verifier.map(|model| Judge::Verifier(Arc::new(model)));
        Self { judge, ..self }.serving(Role::Judge, info)
    }

    /// The same with what is known of the model of a role, if it has one.
    fn serving(mut self, role: Role, model: Option<ModelInfo>) -> Self {
        self.in_use.remove(&role);
        self.in_use.extend(model.map(|model| (role, model)));
        self
    }

    /// The same with another chat model of the endpoint, of which no price is set. The built-in answerer stays as it is.
    pub(crate) fn answering_with(&self, chat_model: &str) -> Self {
        self.clone().writing_with(chat_model, None)
    }

    fn writing_with(self, chat_model: &str, prices: Option<Prices>) -> Self {
        let Some(endpoint) = self.endpoint(Role::Write) else { return self };
        let serving = |purpose| -> Arc<dyn ChatModel> {
            Arc::new(EndpointChatModel::new(endpoint.serving(purpose), chat_model, self.context_tokens))
        };
        // A gateway that remembers is asked to choose itself how much of a conversation the model is told.
        let folds = !endpoint.profile().extra_parameters.contains_key("memory_strategy");
        let info = ModelInfo {
            host: host(&endpoint.profile().base_url),
            context_tokens: u32::try_from(self.context_tokens).ok(),
            prices,
            ..local(chat_model, Provider::Endpoint)
        };
        let (mut in_use, mut reranker) = (self.in_use.clone(), self.reranker.clone());
        if self.chat_reranks() {
            in_use.insert(Role::Rerank, info.clone());
            reranker = Some(Arc::new(ChatReranker::new(serving(Purpose::Rerank))));
        }
        in_use.insert(Role::Judge, info.clone());
        in_use.insert(Role::Write, info);
        let chat = serving(Purpose::Answer);
        let answerer = Arc::new(PromptedAnswerer::new(Arc::clone(&chat), folds));
        let judge = Some(Judge::Chat(serving(Purpose::Judge)));
        Self { answerer, chat: Some(chat), judge, reranker, in_use, ..self }
    }

    /// What is known of the models in use.
    pub(crate) fn in_use(&self) -> &BTreeMap<Role, ModelInfo> {
        &self.in_use
    }

    /// The endpoint that serves a role, if one does.
    pub(crate) fn endpoint(&self, role: Role) -> Option<&Endpoint> {
        self.endpoints.get(&role)
    }

    /// What puts passages in order: the model that a person has named for it, else one that is installed.
    pub(crate) fn reranker(&self) -> Option<Arc<dyn Reranker>> {
        self.reranker.clone()
    }

    fn chat_reranks(&self) -> bool {
        let endpoint = self.endpoint(Role::Rerank);
        endpoint.and_then(|endpoint| model_for(Role::Rerank, endpoint.profile())) == Some(CHAT_MODEL_RERANKS)
    }

    /// What reads pictures of pages, where a person has named a model for it.
    pub(crate) fn vision(&self) -> Option<Vision> {
        let endpoint = self.endpoint(Role::ReadPages)?;
        let name = model_for(Role::ReadPages, endpoint.profile())?;
        let host = host(&endpoint.profile().base_url)?;
        let model = EndpointChatModel::new(endpoint.clone(), name, self.context_tokens);
        Some(Vision { model: Arc::new(model), host })
    }

    /// What reranking took. The prices that are set are those of the chat model.
    pub(crate) fn reranking(&self, took: Duration, usage: models::Usage) -> Reranking {
        let usage = if self.chat_reranks() { self.priced(Role::Write, used(usage)) } else { used(usage) };
        Reranking { milliseconds: milliseconds(took), usage }
    }

    /// What a role's model has used, with what it costs by the prices that are set where the endpoint did not tell.
    pub(crate) fn priced(&self, role: Role, usage: Usage) -> Usage {
        let prices = self.in_use.get(&role).and_then(|model| model.prices);
        let cost = prices.map(|prices| prices.cost(usage.prompt_tokens, usage.completion_tokens));
        Usage { estimated_cost: usage.estimated_cost.or(cost), ..usage }
    }

    /// Whether answers are quotes of the built-in model.
    pub(crate) fn built_in(&self) -> bool {
        self.chat.is_none()
    }
}

/// What of a profile is kept beside vectors, which a backup holds as well.
fn without_secrets(profile: &Profile) -> Profile {
    Profile {
        base_url: without_password(&profile.base_url),
        key: None,
        extra_headers: BTreeMap::new(),
        extra_parameters: Map::new(),
        proxy: None,
        ..profile.clone()
    }
}

/// The embedding model of a source, if it is there still.
pub(crate) fn embedder_of(source: &Source<Profile>, ledger: &Ledger) -> Option<Arc<dyn Embedder>> {
    match source {
        Source::BuiltIn => LocalEmbedder::shipped().map(|model| Arc::new(model) as _),
        Source::Installed(name) => LocalEmbedder::installed(name).map(|model| Arc::new(model) as _),
        Source::Endpoint(profile) => {
            let endpoint = open(profile, ledger, Purpose::EmbedDocuments).ok()?;
            Some(Arc::new(EndpointEmbedder::new(endpoint)))
        }
    }
}

/// The endpoints by the roles that they serve.
fn endpoints(settings: &Settings, ledger: &Ledger) -> Result<BTreeMap<Role, Endpoint>, ModelError> {
    let open = |profile| open(profile, ledger, Purpose::Answer);
    let shared = settings.endpoint.as_ref().map(open).transpose()?;
    let mut endpoints = BTreeMap::new();
    for role in Role::ALL {
        let endpoint = match settings.roles.get(&role) {
            Some(Source::Endpoint(profile)) => Some(open(profile)?),
            Some(Source::BuiltIn | Source::Installed(_)) => None,
            None => shared.clone(),
        };
        let serves = |endpoint: &Endpoint| model_for(role, endpoint.profile()).is_some();
        endpoints.extend(endpoint.filter(serves).map(|endpoint| (role, endpoint.serving(purpose(role)))));
    }
    Ok(endpoints)
}

/// What requests to the model of a role are for.
fn purpose(role: Role) -> Purpose {
    match role {
        Role::Embed => Purpose::EmbedDocuments,
        Role::Write => Purpose::Answer,
        Role::Rerank => Purpose::Rerank,
        Role::ReadPages => Purpose::ReadPages,
        Role::MakePictures => Purpose::MakePictures,
        Role::Judge => Purpose::Judge,
    }
}

/// A model that runs in this process.
fn local(name: &str, provider: Provider) -> ModelInfo {
    ModelInfo { name: name.to_owned(), provider, host: None, context_tokens: None, prices: None }
}

/// The model of an endpoint that serves a role.
fn remote(role: Role, profile: &Profile) -> Option<ModelInfo> {
    let name = model_for(role, profile)?;
    Some(ModelInfo { host: host(&profile.base_url), ..local(name, Provider::Endpoint) })
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

/// An endpoint, which writes and embeds with the default models where a person names none.
pub(crate) fn open(profile: &Profile, ledger: &Ledger, purpose: Purpose) -> Result<Endpoint, ModelError> {
    let embedding_model = profile.embedding_model.as_deref().unwrap_or(DEFAULT_EMBEDDING_MODEL);
    let profile = Profile {
        chat_model: profile.chat_model.clone().or_else(|| Some(DEFAULT_CHAT_MODEL.to_owned())),
        embedding_model: (embedding_model != BUILT_IN_EMBEDS).then(|| embedding_model.to_owned()),
        ..profile.clone()
    };
    Ok(Endpoint::new(profile, ledger.clone(), purpose)?)
}

/// The model that a profile names for a role.
pub(crate) fn model_for(role: Role, profile: &Profile) -> Option<&str> {
    let model = match role {
        Role::Embed => &profile.embedding_model,
        Role::Write | Role::Judge => &profile.chat_model,
        Role::Rerank => &profile.rerank_model,
        Role::ReadPages => &profile.vision_model,
        Role::MakePictures => &profile.image_model,
    };
    model.as_deref()
}
