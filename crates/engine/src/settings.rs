//! What a person has set: which endpoint, which models.

mod file;
mod source;

use std::collections::BTreeMap;

use endpoint::{Preset, Profile};
use secrecy::SecretString;
use serde_json::{Map, Value};

use crate::api::{ApiError, Prices, Role, SecondOpinions, SystemError};
pub(crate) use file::{File, without_password};
pub(crate) use source::Source;

/// What goes before the settings file: flags, and the FOOTNOTE_* variables of the environment.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
    /// FOOTNOTE_PRESET: a well-known endpoint by its name, such as `deepinfra` or `ollama`.
    pub preset: Option<String>,
    /// FOOTNOTE_BASE_URL
    pub base_url: Option<String>,
    /// FOOTNOTE_API_KEY
    pub api_key: Option<SecretString>,
    /// FOOTNOTE_CHAT_MODEL
    pub chat_model: Option<String>,
    /// FOOTNOTE_EMBEDDING_MODEL
    pub embedding_model: Option<String>,
    /// FOOTNOTE_EMBEDDING_BASE_URL
    pub embedding_base_url: Option<String>,
    /// FOOTNOTE_IMAGE_MODEL
    pub image_model: Option<String>,
    /// FOOTNOTE_VISION_MODEL
    pub vision_model: Option<String>,
    /// FOOTNOTE_RERANK_MODEL: an endpoint's reranking model, or `chat` for the model that writes.
    pub rerank_model: Option<String>,
    /// FOOTNOTE_SECOND_OPINION: `never`, `when_asked` or `always`.
    pub second_opinions: Option<String>,
    /// HF_ENDPOINT: the hub that models are fetched from.
    pub hub: Option<String>,
}

/// The settings in force.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    /// The endpoint for all roles that nothing else is set for; the models on this computer where there is none.
    pub(crate) endpoint: Option<Profile>,
    /// Where else the models for roles come from.
    pub(crate) roles: BTreeMap<Role, Source<Profile>>,
    /// How many tokens prompt and answer may have together.
    pub(crate) context_tokens: Option<usize>,
    /// What the chat model costs, where the endpoint does not tell.
    pub(crate) prices: Option<Prices>,
    /// When the chat model is asked for a second opinion.
    pub(crate) second_opinions: SecondOpinions,
}

impl Overrides {
    /// The FOOTNOTE_* variables; an empty one counts as not set.
    #[must_use]
    pub fn from_environment() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            preset: variable("FOOTNOTE_PRESET"),
            base_url: variable("FOOTNOTE_BASE_URL"),
            api_key: variable("FOOTNOTE_API_KEY").map(SecretString::from),
            chat_model: variable("FOOTNOTE_CHAT_MODEL"),
            embedding_model: variable("FOOTNOTE_EMBEDDING_MODEL"),
            embedding_base_url: variable("FOOTNOTE_EMBEDDING_BASE_URL"),
            image_model: variable("FOOTNOTE_IMAGE_MODEL"),
            vision_model: variable("FOOTNOTE_VISION_MODEL"),
            rerank_model: variable("FOOTNOTE_RERANK_MODEL"),
            second_opinions: variable("FOOTNOTE_SECOND_OPINION"),
            hub: variable("HF_ENDPOINT"),
        }
    }
}

impl Overrides {
    /// Whether anything is set.
    pub(crate) fn set_anything(&self) -> bool {
        self.api_key.is_some()
            || [
                &self.preset,
                &self.base_url,
                &self.chat_model,
                &self.embedding_model,
                &self.embedding_base_url,
                &self.image_model,
                &self.vision_model,
                &self.rerank_model,
                &self.second_opinions,
            ]
            .iter()
            .any(|setting| setting.is_some())
    }
}

impl Settings {
    /// A settings file with what goes before it. `key_of` knows the keys of hosts, for endpoints that have none yet.
    pub(crate) fn of(
        file: &File,
        overrides: &Overrides,
        key_of: impl Fn(&str) -> Option<SecretString>,
    ) -> Result<Self, ApiError> {
        let preset = overrides.preset.as_deref().or(file.preset.as_deref()).map(preset).transpose()?;
        let mut settings = Self {
            endpoint: profile(preset, file.endpoint.as_ref())?,
            roles: roles(file)?,
            context_tokens: file.context_tokens,
            prices: file.prices,
            second_opinions: match &overrides.second_opinions {
                Some(when) => second_opinions(when)?,
                None => file.second_opinions,
            },
        };
        settings.overrule(overrides);
        for (_, profile) in settings.endpoints() {
            if profile.key.is_none() {
                profile.key = host(&profile.base_url).and_then(|host| key_of(&host));
            }
        }
        Ok(settings)
    }

    fn overrule(&mut self, overrides: &Overrides) {
        if let Some(base_url) = &overrides.base_url {
            self.endpoint.get_or_insert_default().base_url.clone_from(base_url);
        }
        if let Some(base_url) = &overrides.embedding_base_url {
            let mut profile = match self.roles.remove(&Role::Embed) {
                Some(Source::Endpoint(profile)) => profile,
                _ => Profile::default(),
            };
            profile.base_url.clone_from(base_url);
            self.roles.insert(Role::Embed, Source::Endpoint(profile));
        }
        for (role, model) in
            [(Role::Embed, &overrides.embedding_model), (Role::Rerank, &overrides.rerank_model)]
        {
            // A model of an endpoint is named, in the place of one on this computer.
            self.roles
                .retain(|of, source| *of != role || model.is_none() || matches!(source, Source::Endpoint(_)));
        }
        let own_host = self.endpoint.as_ref().map(|profile| host(&profile.base_url));
        for (role, profile) in self.endpoints() {
            set(&mut profile.chat_model, &overrides.chat_model);
            set(&mut profile.embedding_model, &overrides.embedding_model);
            set(&mut profile.image_model, &overrides.image_model);
            set(&mut profile.vision_model, &overrides.vision_model);
            set(&mut profile.rerank_model, &overrides.rerank_model);
            // FOOTNOTE_API_KEY is the key of the endpoint, and of one that embeds beside it.
            if matches!(role, None | Some(Role::Embed)) || Some(host(&profile.base_url)) == own_host {
                set(&mut profile.key, &overrides.api_key);
            }
        }
    }

    /// All endpoints with their roles; the one for all others has none.
    pub(crate) fn endpoints(&mut self) -> impl Iterator<Item = (Option<Role>, &mut Profile)> {
        let others = self.roles.iter_mut().filter_map(|(role, source)| match source {
            Source::Endpoint(profile) => Some((Some(*role), profile)),
            _ => None,
        });
        self.endpoint.iter_mut().map(|profile| (None, profile)).chain(others)
    }
}

/// The sources of a settings file with the endpoints' profiles.
fn roles(file: &File) -> Result<BTreeMap<Role, Source<Profile>>, ApiError> {
    let mut roles = BTreeMap::new();
    let embedding = profile(None, file.embedding_endpoint.as_ref())?;
    roles.extend(embedding.map(|profile| (Role::Embed, Source::Endpoint(profile))));
    for (role, source) in &file.roles {
        let source = match source {
            Source::BuiltIn => Source::BuiltIn,
            Source::Installed(name) => Source::Installed(name.clone()),
            Source::Endpoint(fields) => {
                let mut fields = fields.clone();
                let named = fields.remove("preset");
                let named = named.as_ref().and_then(Value::as_str).map(preset).transpose()?;
                let Some(profile) = profile(named, Some(&fields))? else { continue };
                Source::Endpoint(profile)
            }
        };
        roles.insert(*role, source);
    }
    Ok(roles)
}

/// The host of an address, with or without a scheme. The rest of an address may hold a password.
pub(crate) fn host(base_url: &str) -> Option<String> {
    let address = url::Url::parse(base_url)
        .ok()
        .filter(url::Url::has_host)
        .or_else(|| url::Url::parse(&format!("http://{base_url}")).ok());
    address?.host_str().map(str::to_owned)
}

/// A preset by its word in settings.
pub(crate) fn preset(name: &str) -> Result<Preset, ApiError> {
    serde_json::from_value(Value::from(name))
        .map_err(|error| SystemError::UnknownPreset { detail: error.to_string() }.into())
}

fn second_opinions(when: &str) -> Result<SecondOpinions, ApiError> {
    serde_json::from_value(Value::from(when))
        .map_err(|error| SystemError::UnknownOpinionTime { detail: error.to_string() }.into())
}

fn profile(preset: Option<Preset>, fields: Option<&Map<String, Value>>) -> Result<Option<Profile>, ApiError> {
    if preset.is_none() && fields.is_none() {
        return Ok(None);
    }
    let known = preset.unwrap_or(Preset::Custom).profile();
    let laid_over = || -> Result<Profile, serde_json::Error> {
        let mut all = serde_json::to_value(known)?;
        for (name, value) in fields.into_iter().flatten() {
            all[name] = value.clone();
        }
        serde_json::from_value(all)
    };
    laid_over()
        .map(Some)
        .map_err(|error| SystemError::EndpointSettingsUnusable { detail: error.to_string() }.into())
}

fn set<T: Clone>(setting: &mut Option<T>, over: &Option<T>) {
    if over.is_some() {
        setting.clone_from(over);
    }
}

#[cfg(test)]
mod tests {
    use endpoint::AuthScheme;
    use secrecy::ExposeSecret as _;

    use super::*;

    fn overrides() -> Overrides {
        Overrides {
            base_url: Some("http://localhost:8080".into()),
            api_key: Some("a-secret".to_owned().into()),
            chat_model: Some("small".into()),
            ..Overrides::default()
        }
    }

    fn read(file: &str, overrides: &Overrides) -> Result<Settings, ApiError> {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(file::NAME), file).unwrap();
        Settings::of(&File::read(directory.path())?, overrides, |host| {
            (host == "example.com").then(|| SecretString::from("the-key-of-the-host".to_owned()))
        })
    }

    #[test]
    fn without_a_file_and_variables_there_is_no_endpoint() {
        let directory = tempfile::tempdir().unwrap();
        let file = File::read(directory.path()).unwrap();
        let settings = Settings::of(&file, &Overrides::default(), |_| None).unwrap();
        assert!(settings.endpoint.is_none() && settings.roles.is_empty());
    }

    #[test]
    fn variables_go_before_the_file() {
        let file = r#"{"endpoint": {"base_url": "https://example.com", "chat_model": "large", "embedding_model": "e"}}"#;
        let endpoint = read(file, &overrides()).unwrap().endpoint.unwrap();
        assert_eq!(endpoint.base_url, "http://localhost:8080");
        assert_eq!(endpoint.chat_model.as_deref(), Some("small"));
        assert_eq!(endpoint.embedding_model.as_deref(), Some("e"));
    }

    #[test]
    fn the_file_goes_before_the_preset() {
        let file = r#"{"preset": "gateway", "endpoint": {"base_url": "https://gateway.example", "extra_parameters": {"memory_strategy": {"name": "last_k"}}}}"#;
        let endpoint = read(file, &Overrides::default()).unwrap().endpoint.unwrap();
        assert_eq!(endpoint.auth, AuthScheme::Header("x-api-key".into()));
        assert_eq!(endpoint.base_url, "https://gateway.example");
        assert!(endpoint.extra_parameters.contains_key("memory_strategy"));
    }

    #[test]
    fn files_from_before_there_were_roles_are_read() {
        let old = r#"{"preset": "deepinfra", "endpoint": {"rerank_model": "chat", "embedding_model": "built-in"},
            "embedding_endpoint": {"base_url": "http://embeds"}, "context_tokens": 16000, "key_in_keychain": true,
            "prices": {"prompt": 0.06, "completion": 0.12}, "second_opinions": "never"}"#;
        let settings = read(old, &Overrides::default()).unwrap();
        let endpoint = settings.endpoint.unwrap();
        assert_eq!(endpoint.name, "DeepInfra");
        assert_eq!(
            (endpoint.rerank_model.as_deref(), endpoint.embedding_model.as_deref()),
            (Some("chat"), Some("built-in"))
        );
        assert!(
            matches!(&settings.roles[&Role::Embed], Source::Endpoint(profile) if profile.base_url == "http://embeds")
        );
        assert_eq!(
            (settings.context_tokens, settings.second_opinions),
            (Some(16_000), SecondOpinions::Never)
        );
    }

    #[test]
    fn several_endpoints_serve_different_roles_each_with_its_own_key() {
        let file = r#"{"preset": "deepinfra", "roles": {
            "embed": {"installed": "small"}, "rerank": {"installed": "cross"},
            "write": {"endpoint": {"preset": "ollama", "chat_model": "small"}},
            "make_pictures": {"endpoint": {"base_url": "https://example.com", "image_model": "painter"}}}}"#;
        let with_key = Overrides { api_key: overrides().api_key, ..Overrides::default() };
        let settings = read(file, &with_key).unwrap();
        let endpoint = |role: Role| match &settings.roles[&role] {
            Source::Endpoint(profile) => profile,
            other => panic!("{other:?}"),
        };
        let key = |profile: &Profile| profile.key.as_ref().map(|key| key.expose_secret().to_owned());
        let writes = endpoint(Role::Write);
        assert_eq!((writes.name.as_str(), writes.chat_model.as_deref()), ("Ollama", Some("small")));
        assert_eq!(key(writes), None, "the key is another host's");
        assert_eq!(key(endpoint(Role::MakePictures)).as_deref(), Some("the-key-of-the-host"));
        assert_eq!(key(settings.endpoint.as_ref().unwrap()).as_deref(), Some("a-secret"));

        let named = Overrides { embedding_model: Some("large".to_owned()), ..Overrides::default() };
        let settings = read(file, &named).unwrap();
        assert!(!settings.roles.contains_key(&Role::Embed), "a variable goes before the file");
        assert!(matches!(&settings.roles[&Role::Rerank], Source::Installed(name) if name == "cross"));
        assert!(read(r#"{"roles": {"embed": "somewhere"}}"#, &Overrides::default()).is_err());
    }

    #[test]
    fn a_key_is_sent_to_its_own_host_only() {
        let key = |base_url: &str, overrides: &Overrides| {
            let file = format!(r#"{{"endpoint": {{"base_url": "{base_url}"}}}}"#);
            let endpoint = read(&file, overrides).unwrap().endpoint.unwrap();
            endpoint.key.map(|key| key.expose_secret().to_owned())
        };
        let none = Overrides::default();
        assert_eq!(key("https://example.com/v1", &none).as_deref(), Some("the-key-of-the-host"));
        assert_eq!(key("example.com:8080", &none).as_deref(), Some("the-key-of-the-host"));
        assert_eq!(key("https://example.com.evil.example", &none), None);
        assert_eq!(key("https://example.com", &overrides()).as_deref(), Some("a-secret"));
    }

    fn words(refused: Result<Settings, ApiError>) -> String {
        crate::wording::error(&refused.unwrap_err().message).into_owned()
    }

    #[test]
    fn a_preset_that_does_not_exist_is_answered_with_those_that_do() {
        let unknown = Overrides { preset: Some("deepinfer".into()), ..Overrides::default() };
        assert!(words(read("{}", &unknown)).contains("deepinfra"));
    }

    #[test]
    fn the_key_is_never_shown() {
        let settings = read("{}", &overrides()).unwrap();
        assert!(settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.key.is_some()));
        assert!(!format!("{settings:?}").contains("a-secret"));
    }

    #[test]
    fn a_broken_file_is_named() {
        assert!(words(read("{", &Overrides::default())).contains(file::NAME));
        assert!(words(read(r#"{"endpoint": {"base": 1}}"#, &Overrides::default())).contains("base"));
    }
}
