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
        match std::fs::read(path(directory)) {
            Ok(bytes) => serde_json::from_slice(&bytes).map_err(|error| unusable(directory, &error)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(error) => Err(unusable(directory, &error)),
        }
    }

    /// Puts it in the place of the old one, whole or not at all.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), ApiError> {
        let written = || -> io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(directory)?;
            serde_json::to_writer_pretty(&mut file, self)?;
            file.write_all(b"\n")?;
            file.persist(path(directory))?;
            Ok(())
        };
        written().map_err(|error| {
            SystemError::SettingsNotWritten { file: text(&path(directory)), detail: error.to_string() }.into()
        })
    }
}

fn path(directory: &Path) -> PathBuf {
    directory.join(NAME)
}

pub(super) fn unusable(directory: &Path, error: &dyn std::error::Error) -> ApiError {
    SystemError::SettingsUnusable { file: text(&path(directory)), detail: error.to_string() }.into()
}
