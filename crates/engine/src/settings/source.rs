//! Where the model for a role comes from.

use serde::{Deserialize, Serialize};

/// Where the model for a role comes from, if not from the endpoint that serves all others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Source<E> {
    /// It is the one that comes with Footnote.
    BuiltIn,
    /// It is installed on this computer, in a folder of this name.
    Installed(String),
    /// Another endpoint has it.
    Endpoint(E),
}
