//! Functions that a model may call.

use serde::{Deserialize, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::lenient;

/// A tool on offer. The API knows functions only.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", content = "function", rename_all = "lowercase")]
pub enum Tool {
    /// A function.
    Function(FunctionDefinition),
}

/// A function on offer.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FunctionDefinition {
    /// Its name.
    pub name: String,
    /// What it does, for the model.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// A JSON schema of its arguments.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameters: Option<Map<String, Value>>,
}

/// Which tool a model calls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ToolChoice {
    /// None; the default where no tools are on offer.
    None,
    /// The model decides; the default where tools are on offer.
    Auto,
    /// At least one.
    Required,
    /// This function. DeepInfra does not know it.
    Function(String),
}

impl Serialize for ToolChoice {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::None => serializer.serialize_str("none"),
            Self::Auto => serializer.serialize_str("auto"),
            Self::Required => serializer.serialize_str("required"),
            Self::Function(name) => {
                json!({"type": "function", "function": {"name": name}}).serialize(serializer)
            }
        }
    }
}

/// A call that a model made, or a piece of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ToolCall {
    /// Its place among the calls of a streamed answer.
    #[serde(default, skip_serializing, deserialize_with = "lenient::count_or_zero")]
    pub index: u32,
    /// To be named by the tool's message; empty with some servers, and in all pieces but the first.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub id: String,
    /// Always `function`.
    #[serde(rename = "type", default = "function")]
    pub kind: String,
    /// What was called.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub function: FunctionCall,
}

fn function() -> String {
    "function".to_owned()
}

/// A function with its arguments.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct FunctionCall {
    /// The function's name.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub name: String,
    /// JSON, as the model wrote it: it may be invalid or hold parameters that were never declared.
    #[serde(default, deserialize_with = "lenient::or_default")]
    pub arguments: String,
}
