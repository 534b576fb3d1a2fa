//! What is to be said of a document, as the library keeps it.

use rusqlite::types::{FromSql, FromSqlResult, ToSql, ToSqlOutput, ValueRef};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::Json;

/// A code with its parameters, as the crate that found it writes them. Whoever shows it puts it into words.
///
/// What was stored before there were codes has its words in their place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Coded(Value);

impl Coded {
    /// Of an enum whose field `code` says which it is.
    #[must_use]
    pub fn of(finding: &impl Serialize) -> Self {
        // Codes and their parameters are plain data, which JSON can always hold.
        Self(serde_json::to_value(finding).unwrap_or_default())
    }

    /// The code; empty where there is none.
    #[must_use]
    pub fn code(&self) -> &str {
        self.0["code"].as_str().unwrap_or_default()
    }

    /// The enum again; nothing where it is none of its codes.
    #[must_use]
    pub fn read<T: DeserializeOwned>(&self) -> Option<T> {
        serde_json::from_value(self.0.clone()).ok()
    }

    /// What was stored in place of parameters before there were codes.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        self.0["words"].as_str()
    }
}

impl ToSql for Coded {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.0.to_string().into())
    }
}

impl FromSql for Coded {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        Json::column_result(value).map(|Json(value)| Self(value))
    }
}
