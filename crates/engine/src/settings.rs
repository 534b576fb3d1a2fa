//! What a person has set: which endpoint, which models.

use std::path::Path;

use endpoint::Profile;
use secrecy::SecretString;
use serde::{Deserialize, Serialize};

use crate::api::{ApiError, ErrorCode};

/// The file in the library's directory that holds the settings. It never holds a key.
const FILE: &str = "settings.json";

/// The settings file. What is not set is not in it.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Settings {
    /// The endpoint that writes the answers; the built-in models where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<Profile>,
    /// The endpoint that embeds, where it is another one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub embedding_endpoint: Option<Profile>,
    /// How many tokens prompt and answer may have together.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context_tokens: Option<usize>,
}

/// What goes before the settings file: flags, and the FOOTNOTE_* variables of the environment.
#[derive(Debug, Clone, Default)]
pub struct Overrides {
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
}

impl Overrides {
    /// The FOOTNOTE_* variables; an empty one counts as not set.
    #[must_use]
    pub fn from_environment() -> Self {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
        Self {
            base_url: variable("FOOTNOTE_BASE_URL"),
            api_key: variable("FOOTNOTE_API_KEY").map(SecretString::from),
            chat_model: variable("FOOTNOTE_CHAT_MODEL"),
            embedding_model: variable("FOOTNOTE_EMBEDDING_MODEL"),
            embedding_base_url: variable("FOOTNOTE_EMBEDDING_BASE_URL"),
        }
    }
}

impl Settings {
    /// Reads the settings file of a library; there may be none.
    pub(crate) fn read(directory: &Path) -> Result<Self, ApiError> {
        let path = directory.join(FILE);
        let unusable = |detail: String| ApiError {
            code: ErrorCode::Request,
            message: format!(
                "The settings in {} cannot be used: {detail}. Correct the file or delete it.",
                path.display()
            ),
        };
        match std::fs::read(&path) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unusable(error.to_string())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unusable(error.to_string())),
        }
    }

    /// The settings with what goes before them.
    #[must_use]
    pub(crate) fn with(mut self, overrides: &Overrides) -> Self {
        if let Some(base_url) = &overrides.base_url {
            self.endpoint.get_or_insert_default().base_url.clone_from(base_url);
        }
        if let Some(endpoint) = &mut self.endpoint {
            set(&mut endpoint.chat_model, &overrides.chat_model);
            set(&mut endpoint.embedding_model, &overrides.embedding_model);
            set(&mut endpoint.key, &overrides.api_key);
        }
        if let Some(base_url) = &overrides.embedding_base_url {
            let endpoint = self.embedding_endpoint.get_or_insert_default();
            endpoint.base_url.clone_from(base_url);
        }
        if let Some(endpoint) = &mut self.embedding_endpoint {
            set(&mut endpoint.embedding_model, &overrides.embedding_model);
            set(&mut endpoint.key, &overrides.api_key);
        }
        self
    }
}

fn set<T: Clone>(setting: &mut Option<T>, over: &Option<T>) {
    if over.is_some() {
        setting.clone_from(over);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overrides() -> Overrides {
        Overrides {
            base_url: Some("http://localhost:8080".into()),
            api_key: Some("a-secret".to_owned().into()),
            chat_model: Some("small".into()),
            ..Overrides::default()
        }
    }

    #[test]
    fn without_a_file_and_variables_there_is_no_endpoint() {
        let directory = tempfile::tempdir().unwrap();
        let settings = Settings::read(directory.path()).unwrap().with(&Overrides::default());
        assert!(settings.endpoint.is_none() && settings.embedding_endpoint.is_none());
    }

    #[test]
    fn variables_go_before_the_file() {
        let directory = tempfile::tempdir().unwrap();
        let file = r#"{"endpoint": {"base_url": "https://example.com", "chat_model": "large", "embedding_model": "e"}}"#;
        std::fs::write(directory.path().join(FILE), file).unwrap();
        let endpoint = Settings::read(directory.path()).unwrap().with(&overrides()).endpoint.unwrap();
        assert_eq!(endpoint.base_url, "http://localhost:8080");
        assert_eq!(endpoint.chat_model.as_deref(), Some("small"));
        assert_eq!(endpoint.embedding_model.as_deref(), Some("e"));
    }

    #[test]
    fn the_key_is_never_written() {
        let settings = Settings::default().with(&overrides());
        assert!(settings.endpoint.as_ref().is_some_and(|endpoint| endpoint.key.is_some()));
        assert!(!serde_json::to_string(&settings).unwrap().contains("a-secret"));
        assert!(!format!("{settings:?}").contains("a-secret"));
    }

    #[test]
    fn a_broken_file_is_named() {
        let directory = tempfile::tempdir().unwrap();
        std::fs::write(directory.path().join(FILE), "{").unwrap();
        assert!(Settings::read(directory.path()).unwrap_err().message.contains(FILE));
    }
}
