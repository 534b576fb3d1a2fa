//! What a model wrote, in whatever shape a server puts it.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

use super::ToolCall;
use crate::lenient;

/// Where servers keep thinking apart: DeepSeek and llama.cpp, newer vLLM, OpenRouter's list of parts, others. Some
/// fill two of them with the same words.
const THINKING: [&str; 4] = ["reasoning_content", "reasoning", "reasoning_details", "thinking"];

/// What a model wrote: all of it, or what is new in a stream.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReplyMessage {
    /// The answer; none where the model only thought, called tools or refused.
    pub content: Option<String>,
    /// The thinking, where the endpoint keeps it apart.
    pub reasoning: Option<String>,
    /// Why it does not answer, in its own words.
    pub refusal: Option<String>,
    /// The tools that it called. In a stream they come in pieces, to be joined by their index.
    pub tool_calls: Vec<ToolCall>,
}

impl ReplyMessage {
    pub(super) fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl<'de> Deserialize<'de> for ReplyMessage {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self::from(Value::deserialize(deserializer)?))
    }
}

impl From<Value> for ReplyMessage {
    fn from(mut message: Value) -> Self {
        let mut words = Words::default();
        if message.is_string() {
            words.read(&message, Kind::Answer);
        }
        words.read(&message["content"], Kind::Answer);
        words.read(&message["refusal"], Kind::Refusal);
        for field in THINKING {
            if words.thinking.is_empty() {
                words.read(&message[field], Kind::Thinking);
            }
        }
        let said = |words: String| (!words.is_empty()).then_some(words);
        Self {
            content: said(words.answer),
            reasoning: said(words.thinking),
            refusal: said(words.refusal),
            tool_calls: message
                .get_mut("tool_calls")
                .and_then(|calls| lenient::items(calls.take()).ok())
                .unwrap_or_default(),
        }
    }
}

#[derive(Clone, Copy)]
enum Kind {
    Answer,
    Thinking,
    Refusal,
}

#[derive(Default)]
struct Words {
    answer: String,
    thinking: String,
    refusal: String,
}

impl Words {
    /// Reads a text, a part, or a list of parts; what has a type of its own is of that kind.
    fn read(&mut self, value: &Value, kind: Kind) {
        match value {
            Value::String(text) => match kind {
                Kind::Answer => self.answer.push_str(text),
                Kind::Thinking => self.thinking.push_str(text),
                Kind::Refusal => self.refusal.push_str(text),
            },
            Value::Array(parts) => parts.iter().for_each(|part| self.read(part, kind)),
            Value::Object(part) => {
                let named = part.get("type").and_then(Value::as_str).unwrap_or_default();
                let kind = match named {
                    "refusal" => Kind::Refusal,
                    _ if named.contains("thinking") || named.contains("reasoning") => Kind::Thinking,
                    _ => kind,
                };
                let fields = ["text", "content", "thinking", "reasoning", "summary", "refusal", "value"];
                if let Some(inner) = fields.iter().find_map(|field| part.get(*field)) {
                    self.read(inner, kind);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn words_are_found_in_each_shape() {
        for (message, content, reasoning, refusal) in [
            (json!({"content": "It is 4."}), "It is 4.", "", ""),
            (json!("It is 4."), "It is 4.", "", ""),
            (
                json!({"content": [{"type": "text", "text": "It "}, {"type": "text", "text": "is 4."}]}),
                "It is 4.",
                "",
                "",
            ),
            (json!({"content": ["It ", {"text": {"value": "is 4."}}]}), "It is 4.", "", ""),
            (json!({"content": {"type": "output_text", "text": "It is 4."}}), "It is 4.", "", ""),
            (
                json!({"content": [{"type": "thinking", "thinking": [{"type": "text", "text": "Hm."}]}, {"type": "text", "text": "4"}]}),
                "4",
                "Hm.",
                "",
            ),
            (json!({"content": "", "reasoning": "Hm.", "reasoning_content": "Hm."}), "", "Hm.", ""),
            (
                json!({"content": null, "reasoning_details": [{"type": "reasoning.text", "text": "Hm."}]}),
                "",
                "Hm.",
                "",
            ),
            (
                json!({"reasoning_details": [{"type": "reasoning.summary", "summary": "Hm."}, {"type": "reasoning.encrypted", "data": "x"}]}),
                "",
                "Hm.",
                "",
            ),
            (json!({"content": null, "refusal": "I cannot."}), "", "", "I cannot."),
            (json!({"content": [{"type": "refusal", "refusal": "I cannot."}]}), "", "", "I cannot."),
            (json!({"content": 7, "reasoning": false}), "", "", ""),
            (json!(null), "", "", ""),
        ] {
            let said = |words: &str| (!words.is_empty()).then(|| words.to_owned());
            let read = ReplyMessage::from(message.clone());
            assert_eq!(
                (read.content, read.reasoning, read.refusal),
                (said(content), said(reasoning), said(refusal)),
                "{message}"
            );
        }
    }
}
