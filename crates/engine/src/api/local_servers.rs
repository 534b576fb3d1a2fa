use serde::Serialize;

/// A server of models that runs on this computer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LocalServer {
    /// The preset for it.
    pub preset: String,
    /// Its name.
    pub name: String,
    /// Its address.
    pub base_url: String,
    /// The models that write, as far as their names tell.
    pub chat_models: Vec<String>,
    /// The models that embed, as far as their names tell.
    pub embedding_models: Vec<String>,
    /// Whether it lists nothing without a key.
    pub needs_key: bool,
}
