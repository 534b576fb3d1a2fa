//! Seeing, trying and changing the settings of an open library.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Arc, PoisonError};

use ::endpoint::{BatchCap, Endpoint, Finding, InputLimit, Ledger, Preset, Profile, Purpose};
use ::models::ModelError;
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::api::{
    ApiError, ChatCheck, EmbeddingCheck, EndpointCheck, EndpointError, EndpointPreset, EndpointRequest,
    EndpointSettings, ErrorMessage, KeyPlace, LongerTexts, ModelChoice, RequestError, Role, SettingsView,
};
use crate::keychain::Keychain;
use crate::models::{BUILT_IN_EMBEDS, Models, model_for, open};
use crate::off_thread::off_thread;
use crate::overview::saturating;
use crate::settings::{File, Settings, Source, host, preset};
use crate::{Engine, Overrides};

/// Where the settings of an open library come from. The keychain may keep whoever asks it waiting until the person has
/// unlocked it: it is asked through a copy, with nothing locked but what changes the settings.
#[derive(Clone)]
pub(crate) struct Configuration {
    pub(crate) directory: PathBuf,
    pub(crate) overrides: Overrides,
    pub(crate) keychain: Option<Arc<dyn Keychain>>,
    /// A host and its key, where no keychain would take it.
    pub(crate) session_key: Option<(String, SecretString)>,
}

impl Configuration {
    /// The settings in force.
    pub(crate) fn settings(&self) -> Result<Settings, ApiError> {
        self.settings_of(&File::read(&self.directory)?)
    }

    fn settings_of(&self, file: &File) -> Result<Settings, ApiError> {
        Settings::of(file, &self.overrides, |host| self.key_of(file, host))
    }

    /// The key of an endpoint that served before: that of one that does now on the same host, else as it was kept.
    pub(crate) fn key_of_former(&self, base_url: &str) -> Option<SecretString> {
        let host_of_former = host(base_url)?;
        let mut settings = self.settings().ok()?;
        let is_same = |profile: &&mut Profile| host(&profile.base_url).as_ref() == Some(&host_of_former);
        let in_use = settings.endpoints().map(|(_, profile)| profile).find(is_same);
        match in_use {
            Some(profile) => profile.key.clone(),
            None => self.keychain.as_ref()?.read(&host_of_former),
        }
    }

    fn key_of(&self, file: &File, host: &str) -> Option<SecretString> {
        let in_session = self.session_key.as_ref().filter(|(of, _)| of == host);
        in_session.map(|(_, key)| key.clone()).or_else(|| {
            let keychain = self.keychain.as_ref().filter(|_| file.key_in_keychain)?;
            keychain.read(host)
        })
    }

    /// The models that the settings would lead to.
    pub(crate) fn candidate_models(
        &self,
        request: &EndpointRequest,
        ledger: &Ledger,
    ) -> Result<Models, ApiError> {
        let (_, settings) = self.candidate(request)?;
        Ok(Models::of(&settings, ledger)?)
    }

    /// What the settings would be: the file, and all of it together with the key that was typed.
    fn candidate(&self, request: &EndpointRequest) -> Result<(File, Settings), ApiError> {
        let old = File::read(&self.directory)?;
        let EndpointRequest { prices, second_opinions, .. } = *request;
        let file = File { prices, second_opinions, ..with_endpoint(&old, request.endpoint.as_ref())? };
        let settings = Settings::of(&file, &self.overrides, |host| match &request.key {
            Some(key) => Some(SecretString::from(key.clone())).filter(|_| !key.is_empty()),
            None => self.key_of(&old, host),
        })?;
        Ok((file, settings))
    }

    /// Puts a typed key where it belongs, and forgets the one in its place.
    fn keep_key(&mut self, host: &str, key: Option<&str>, file: &mut File) {
        let Some(key) = key else { return };
        self.session_key = None;
        file.key_in_keychain = false;
        if key.is_empty() {
            if let Some(keychain) = &self.keychain {
                keychain.delete(host);
            }
            return;
        }
        let key = SecretString::from(key.to_owned());
        match self.keychain.as_ref().map(|keychain| keychain.store(host, &key)) {
            Some(Ok(())) => file.key_in_keychain = true,
            _ => self.session_key = Some((host.to_owned(), key)),
        }
    }
}

impl Engine {
    /// The settings as a person sees them; no key.
    ///
    /// # Errors
    /// The settings file cannot be used.
    pub async fn settings(&self) -> Result<SettingsView, ApiError> {
        let configuration = self.configuration();
        off_thread(move || view(&configuration)).await
    }

    /// Puts other settings in force and writes them down. Work under way goes on with the old ones; [`Engine::embed`]
    /// embeds with another embedding model what the old one did.
    ///
    /// # Errors
    /// The endpoint cannot be called as it is set, or the file cannot be written; nothing is changed then.
    pub async fn change_settings(
        self: &Arc<Self>,
        request: EndpointRequest,
    ) -> Result<SettingsView, ApiError> {
        let engine = Arc::clone(self);
        off_thread(move || engine.put_in_force(&request)).await
    }

    fn put_in_force(&self, request: &EndpointRequest) -> Result<SettingsView, ApiError> {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let mut configuration = self.configuration();
        let (mut file, settings) = configuration.candidate(request)?;
        let models = Models::of(&settings, &self.keeper.notes)?;
        let typed = request.endpoint.as_ref().and_then(|endpoint| host(&endpoint.base_url));
        if let Some(host) = typed {
            configuration.keep_key(&host, request.key.as_deref(), &mut file);
        }
        file.write(&configuration.directory)?;
        *self.configuration.lock().unwrap_or_else(PoisonError::into_inner) = configuration.clone();
        self.put_models(models);
        view(&configuration)
    }

    /// Finds out what an endpoint can do before it is put in force.
    ///
    /// # Errors
    /// There is no endpoint in the request, or it cannot be called as it is set.
    pub async fn try_endpoint(&self, request: &EndpointRequest) -> Result<EndpointCheck, ApiError> {
        let check = self.candidate_endpoint(request, Purpose::TryEndpoint).await?.check().await;
        Ok(EndpointCheck {
            reachable: check.reachable,
            key_accepted: check.key_accepted,
            models: match &check.models {
                Finding::Works(models) => Some(saturating(models.len())),
                Finding::Fails(_) => None,
            },
            models_error: check.models.error().map(message),
            embeddings: check.embeddings.map(embedding_check),
            chat: check.chat.map(chat_check),
        })
    }

    /// The models that an endpoint lists, in the order of their names.
    ///
    /// # Errors
    /// There is no endpoint in the request, or it has no such list.
    pub async fn endpoint_models(&self, request: &EndpointRequest) -> Result<Vec<ModelChoice>, ApiError> {
        let models = self.candidate_endpoint(request, Purpose::ListModels).await?.models().await;
        let models = models.map_err(ModelError::from)?;
        let choice = |model: ::endpoint::ModelInfo| ModelChoice {
            id: model.id,
            context_tokens: model.context_tokens.and_then(|tokens| u32::try_from(tokens).ok()),
        };
        let mut choices: Vec<_> = models.into_iter().map(choice).collect();
        choices.sort_by(|a, b| a.id.cmp(&b.id));
        Ok(choices)
    }

    /// Puts in force what the file says, and the models that are there. Blocks.
    pub(crate) fn read_settings_again(&self) -> Result<(), ApiError> {
        self.put_models(Models::of(&self.configuration().settings()?, &self.keeper.notes)?);
        Ok(())
    }

    pub(crate) fn configuration(&self) -> Configuration {
        self.configuration.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    async fn candidate_endpoint(
        &self,
        request: &EndpointRequest,
        purpose: Purpose,
    ) -> Result<Endpoint, ApiError> {
        let (configuration, request) = (self.configuration(), request.clone());
        let (_, settings) = off_thread(move || configuration.candidate(&request)).await?;
        let profile = settings.endpoint.ok_or(RequestError::NoEndpoint)?;
        Ok(open(&profile, &self.keeper.notes, purpose)?)
    }
}

fn view(configuration: &Configuration) -> Result<SettingsView, ApiError> {
    let file = File::read(&configuration.directory)?;
    let settings = configuration.settings_of(&file)?;
    let preset = configuration.overrides.preset.clone().or(file.preset);
    let has_key = settings.endpoint.as_ref().is_some_and(|profile| profile.key.is_some());
    Ok(SettingsView {
        presets: Preset::ALL.into_iter().map(endpoint_preset).collect(),
        endpoint: settings
            .endpoint
            .as_ref()
            .map(|profile| endpoint_settings(preset, profile, &settings.roles)),
        key: match (&configuration.overrides.api_key, &configuration.session_key) {
            _ if !has_key => KeyPlace::Nowhere,
            (Some(_), _) => KeyPlace::Environment,
            (None, Some(_)) => KeyPlace::Session,
            (None, None) => KeyPlace::Keychain,
        },
        overridden: configuration.overrides.set_anything(),
        prices: settings.prices,
        second_opinions: settings.second_opinions,
    })
}

/// The word for a preset in settings.
pub(crate) fn preset_id(preset: Preset) -> String {
    serde_json::to_value(preset).ok().and_then(|id| id.as_str().map(str::to_owned)).unwrap_or_default()
}

fn endpoint_preset(preset: Preset) -> EndpointPreset {
    let (id, profile) = (preset_id(preset), preset.profile());
    EndpointPreset {
        endpoint: endpoint_settings(Some(id.clone()), &profile, &BTreeMap::new()),
        id,
        name: profile.name,
        needs_key: preset.needs_key(),
    }
}

/// What a person sets of an endpoint. It has no model for a role that another source serves in its place.
fn endpoint_settings(
    preset: Option<String>,
    profile: &Profile,
    elsewhere: &BTreeMap<Role, Source<Profile>>,
) -> EndpointSettings {
    let model =
        |role: Role| model_for(role, profile).filter(|_| !elsewhere.contains_key(&role)).map(str::to_owned);
    EndpointSettings {
        preset,
        base_url: profile.base_url.clone(),
        chat_model: model(Role::Write),
        embedding_model: model(Role::Embed),
        rerank_model: model(Role::Rerank),
        image_model: model(Role::MakePictures),
        vision_model: model(Role::ReadPages),
    }
}

/// The file with another endpoint in it. What a person wrote into it by hand stays as long as preset and host do.
fn with_endpoint(file: &File, endpoint: Option<&EndpointSettings>) -> Result<File, ApiError> {
    let Some(settings) = endpoint else {
        return Ok(File { preset: None, endpoint: None, key_in_keychain: false, ..file.clone() });
    };
    let known = settings.preset.as_deref().map(preset).transpose()?.unwrap_or(Preset::Custom).profile();
    let old = file.endpoint.clone().unwrap_or_default();
    let old_host = old.get("base_url").and_then(Value::as_str).unwrap_or(&known.base_url);
    let is_same = file.preset == settings.preset && host(old_host) == host(&settings.base_url);
    let mut fields = if is_same { old } else { Map::new() };
    let mut roles = file.roles.clone();
    set_field(&mut fields, "base_url", Some(&settings.base_url), Some(&known.base_url));
    for (role, name, model) in [
        (Role::Write, "chat_model", &settings.chat_model),
        (Role::Embed, "embedding_model", &settings.embedding_model),
        (Role::Rerank, "rerank_model", &settings.rerank_model),
        (Role::MakePictures, "image_model", &settings.image_model),
        (Role::ReadPages, "vision_model", &settings.vision_model),
    ] {
        match model.as_deref() {
            // What the endpoint has stays written down for when the role is its own again.
            None if roles.contains_key(&role) => continue,
            // The last choice counts, also where a model on this computer was chosen before.
            Some(name) if name != BUILT_IN_EMBEDS => drop(roles.remove(&role)),
            _ => {}
        }
        set_field(&mut fields, name, model.as_deref(), model_for(role, &known));
    }
    Ok(File {
        preset: settings.preset.clone(),
        endpoint: Some(fields),
        key_in_keychain: file.key_in_keychain && is_same,
        roles,
        ..file.clone()
    })
}

/// The file with an embedding model of this source. Where it is the endpoint's own, it is one of its fields.
pub(crate) fn with_embedder(file: &File, source: &Source<Profile>, endpoint: Option<&Profile>) -> File {
    let mut file = File { embedding_endpoint: None, ..file.clone() };
    file.roles.remove(&Role::Embed);
    let is_in_file = file.endpoint.is_some() || file.preset.is_some();
    let chosen = match source {
        Source::BuiltIn => Source::BuiltIn,
        Source::Installed(name) => Source::Installed(name.clone()),
        Source::Endpoint(profile)
            if endpoint.is_some_and(|own| own.base_url == profile.base_url) && is_in_file =>
        {
            let fields = file.endpoint.get_or_insert_default();
            set_field(fields, "embedding_model", profile.embedding_model.as_deref(), None);
            return file;
        }
        Source::Endpoint(profile) => match serde_json::to_value(profile) {
            Ok(Value::Object(fields)) => Source::Endpoint(fields),
            _ => return file,
        },
    };
    file.roles.insert(Role::Embed, chosen);
    file
}

/// What the preset says already is not written down: it may become better with the next version.
fn set_field(fields: &mut Map<String, Value>, name: &str, value: Option<&str>, known: Option<&str>) {
    fields.remove(name);
    if value != known {
        fields.insert(name.to_owned(), value.map_or(Value::Null, Value::from));
    }
}

fn message(error: &::endpoint::Error) -> ErrorMessage {
    ErrorMessage::Endpoint(EndpointError { said: None, ..error.into() })
}

fn embedding_check(found: Finding<::endpoint::EmbeddingFindings>) -> EmbeddingCheck {
    match found {
        Finding::Fails(error) => EmbeddingCheck::Fails { message: message(&error) },
        Finding::Works(found) => {
            let (BatchCap::Exactly(texts) | BatchCap::AtLeast(texts)) = found.batch_cap;
            let (words, longer_texts) = match found.input_limit {
                InputLimit::RefusedAbove(words) => (words, LongerTexts::Refused),
                InputLimit::CutAbove(words) => (words, LongerTexts::Cut),
                InputLimit::AtLeast(words) => (words, LongerTexts::Untried),
            };
            EmbeddingCheck::Works {
                model: found.model,
                dimensions: saturating(found.dimensions),
                latency_ms: found.latency.as_secs_f64() * 1000.0,
                texts: saturating(texts),
                words: saturating(words),
                longer_texts,
            }
        }
    }
}

fn chat_check(found: Finding<::endpoint::ChatFindings>) -> ChatCheck {
    match found {
        Finding::Fails(error) => ChatCheck::Fails { message: message(&error) },
        Finding::Works(found) => ChatCheck::Works {
            model: found.model,
            streams: found.streams,
            usage_in_stream: found.usage_in_stream,
            thinks: found.thinks,
            first_token_ms: found.first_token.as_secs_f64() * 1000.0,
        },
    }
}

#[cfg(test)]
mod tests;
