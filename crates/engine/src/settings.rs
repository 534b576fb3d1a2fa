//! What a person has set: which endpoint, which models.

use std::path::Path;

use endpoint::{Preset, Profile};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::{Map, Value};

use crate::api::{ApiError, ErrorCode};

/// The file in the library's directory that holds the settings. It never holds a key.
const FILE: &str = "settings.json";

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
}

/// The settings in force.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    /// The endpoint that writes the answers; the built-in models where there is none.
    pub(crate) endpoint: Option<Profile>,
    /// The endpoint that embeds, where it is another one.
    pub(crate) embedding_endpoint: Option<Profile>,
    /// How many tokens prompt and answer may have together.
    pub(crate) context_tokens: Option<usize>,
}

/// The settings file. The fields of an endpoint are those of [`Profile`], laid over those of the preset.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    preset: Option<String>,
    endpoint: Option<Map<String, Value>>,
    embedding_endpoint: Option<Map<String, Value>>,
    context_tokens: Option<usize>,
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
        }
    }
}

impl Settings {
    /// The settings file of a library, if there is one, with what goes before it.
    pub(crate) fn read(directory: &Path, overrides: &Overrides) -> Result<Self, ApiError> {
        let path = directory.join(FILE);
        let file = match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unusable(&path, &error))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => File::default(),
            Err(error) => return Err(unusable(&path, &error)),
        };
        let preset = overrides.preset.clone().or(file.preset).map(preset).transpose()?;
        let profile = |preset: Option<Preset>,
                       fields: Option<Map<String, Value>>|
         -> Result<Option<Profile>, ApiError> {
            if preset.is_none() && fields.is_none() {
                return Ok(None);
            }
            let known = preset.unwrap_or(Preset::Custom).profile();
            Ok(Some(laid_over(known, fields.unwrap_or_default()).map_err(|error| unusable(&path, &error))?))
        };
        let mut settings = Self {
            endpoint: profile(preset, file.endpoint)?,
            embedding_endpoint: profile(None, file.embedding_endpoint)?,
            context_tokens: file.context_tokens,
        };
        settings.overrule(overrides);
        Ok(settings)
    }

    fn overrule(&mut self, overrides: &Overrides) {
        if let Some(base_url) = &overrides.base_url {
            self.endpoint.get_or_insert_default().base_url.clone_from(base_url);
        }
        if let Some(base_url) = &overrides.embedding_base_url {
            self.embedding_endpoint.get_or_insert_default().base_url.clone_from(base_url);
        }
        for profile in [&mut self.endpoint, &mut self.embedding_endpoint].into_iter().flatten() {
            set(&mut profile.chat_model, &overrides.chat_model);
            set(&mut profile.embedding_model, &overrides.embedding_model);
            set(&mut profile.image_model, &overrides.image_model);
            set(&mut profile.key, &overrides.api_key);
        }
    }
}

fn preset(name: String) -> Result<Preset, ApiError> {
    serde_json::from_value(Value::String(name)).map_err(|error| ApiError {
        code: ErrorCode::Request,
        message: format!("There is no such preset: {error}. Name one of them, or the endpoint's address."),
    })
}

fn laid_over(profile: Profile, fields: Map<String, Value>) -> Result<Profile, serde_json::Error> {
    let mut all = serde_json::to_value(profile)?;
    for (name, value) in fields {
        all[name] = value;
    }
    serde_json::from_value(all)
}

fn unusable(path: &Path, error: &dyn std::error::Error) -> ApiError {
    ApiError {
        code: ErrorCode::Request,
        message: format!(
            "The settings in {} cannot be used: {error}. Correct the file or delete it.",
            path.display()
        ),
    }
}

fn set<T: Clone>(setting: &mut Option<T>, over: &Option<T>) {
    if over.is_some() {
        setting.clone_from(over);
    }
}

#[cfg(test)]
mod tests {
    use endpoint::AuthScheme;

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
        std::fs::write(directory.path().join(FILE), file).unwrap();
        Settings::read(directory.path(), overrides)
    }

    #[test]
    fn without_a_file_and_variables_there_is_no_endpoint() {
        let directory = tempfile::tempdir().unwrap();
        let settings = Settings::read(directory.path(), &Overrides::default()).unwrap();
        assert!(settings.endpoint.is_none() && settings.embedding_endpoint.is_none());
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
    fn a_preset_that_does_not_exist_is_answered_with_those_that_do() {
        let unknown = Overrides { preset: Some("deepinfer".into()), ..Overrides::default() };
        assert!(read("{}", &unknown).unwrap_err().message.contains("deepinfra"));
    }

    #[test]
    fn the_key_is_never_shown() {
        let settings = read("{}", &overrides()).unwrap();
        assert!(settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.key.is_some()));
        assert!(!format!("{settings:?}").contains("a-secret"));
    }

    #[test]
    fn a_broken_file_is_named() {
        assert!(read("{", &Overrides::default()).unwrap_err().message.contains(FILE));
        assert!(
            read(r#"{"endpoint": {"base": 1}}"#, &Overrides::default()).unwrap_err().message.contains("base")
        );
    }
}
