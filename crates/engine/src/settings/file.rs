//! The settings file.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::Source;
use crate::api::{ApiError, Prices, Role, SecondOpinions, SystemError};
use crate::overview::text;

/// In the library's directory. It never holds a key.
pub(super) const NAME: &str = "settings.json";

/// The settings file. The fields of an endpoint are those of [`endpoint::Profile`], laid over those of the preset.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct File {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) preset: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) endpoint: Option<Map<String, Value>>,
    /// As `roles` with an endpoint that embeds, in files from before there were roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) embedding_endpoint: Option<Map<String, Value>>,
    /// Where the models for roles come from that the endpoint does not serve. An endpoint's fields may name its preset.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) roles: BTreeMap<Role, Source<Map<String, Value>>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) context_tokens: Option<usize>,
    /// Whether the endpoint's key is in the keychain, under the name of its host.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub(crate) key_in_keychain: bool,
    /// What the chat model costs, where the endpoint does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) prices: Option<Prices>,
    /// When the chat model is asked for a second opinion.
    #[serde(skip_serializing_if = "is_default")]
    pub(crate) second_opinions: SecondOpinions,
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

impl File {
    /// The file in a library's directory; an empty one where there is none.
    pub(crate) fn read(directory: &Path) -> Result<Self, ApiError> {
        match std::fs::read_to_string(path(directory)) {
            Ok(text) => Self::parse(directory, &text),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unusable(directory, &error)),
        }
    }

    /// What a file in a library's directory may say.
    pub(crate) fn parse(directory: &Path, text: &str) -> Result<Self, ApiError> {
        serde_json::from_str(text).map_err(|error| unusable(directory, &error))
    }

    pub(crate) fn text(&self) -> String {
        // Its fields are plain: none can fail to be written.
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }

    /// The same without what a person may have written a key or password into: headers, proxies, and what stands before the
    /// host of an address.
    pub(crate) fn without_secrets(&self) -> Self {
        let mut file = self.clone();
        let others = file.roles.values_mut().filter_map(|source| match source {
            Source::Endpoint(fields) => Some(fields),
            Source::BuiltIn | Source::Installed(_) => None,
        });
        for fields in file.endpoint.iter_mut().chain(&mut file.embedding_endpoint).chain(others) {
            fields.retain(|name, _| !["extra_headers", "proxy"].contains(&name.as_str()));
            if let Some(Value::Object(parameters)) = fields.get_mut("extra_parameters") {
                parameters.remove("inference_extra_headers");
            }
            if let Some(Value::String(address)) = fields.get_mut("base_url") {
                *address = without_password(address);
            }
        }
        file
    }

    /// Puts it in the place of the old one, whole or not at all.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), ApiError> {
        let written = || -> io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(directory)?;
            file.write_all(self.text().as_bytes())?;
            file.persist(path(directory))?;
            Ok(())
        };
        written().map_err(|error| {
            SystemError::SettingsNotWritten { file: text(&path(directory)), detail: error.to_string() }.into()
        })
    }
}

pub(crate) fn without_password(address: &str) -> String {
    let Ok(mut url) = url::Url::parse(address) else { return address.to_owned() };
    if url.username().is_empty() && url.password().is_none() {
        return address.to_owned();
    }
    // Neither fails for an address with a host.
    let _ = url.set_username("");
    let _ = url.set_password(None);
    url.to_string()
}

fn path(directory: &Path) -> PathBuf {
    directory.join(NAME)
}

pub(super) fn unusable(directory: &Path, error: &dyn std::error::Error) -> ApiError {
    SystemError::SettingsUnusable { file: text(&path(directory)), detail: error.to_string() }.into()
}
