//! The messages of a conversation.

use serde::Serialize;

use super::ToolCall;

/// One message. At most one is a system message; the last is the user's or a tool's.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "role", rename_all = "lowercase")]
pub enum ChatMessage {
    /// The rules of the conversation.
    System {
        /// The text.
        content: String,
        /// Who speaks, where several share the role.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// The person.
    User {
        /// Text, pictures, sound.
        content: Content,
        /// Who speaks, where several share the role.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// The model, earlier.
    Assistant {
        /// The text; none where the model only called tools.
        #[serde(skip_serializing_if = "Option::is_none")]
        content: Option<String>,
        /// Who speaks, where several share the role.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The tools that it called.
        #[serde(skip_serializing_if = "Vec::is_empty")]
        tool_calls: Vec<ToolCall>,
    },
    /// What a tool gave back.
    Tool {
        /// The tool's result.
        content: String,
        /// Which [`ToolCall::id`] it answers.
        tool_call_id: String,
    },
}

impl ChatMessage {
    /// A system message of plain text.
    #[must_use]
    pub fn system(content: impl Into<String>) -> Self {
        Self::System { content: content.into(), name: None }
    }

    /// A user message of plain text.
    #[must_use]
    pub fn user(content: impl Into<String>) -> Self {
        Self::User { content: Content::Text(content.into()), name: None }
    }

    /// An assistant message of plain text.
    #[must_use]
    pub fn assistant(content: impl Into<String>) -> Self {
        Self::Assistant { content: Some(content.into()), name: None, tool_calls: Vec::new() }
    }
}

/// What a user message holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Content {
    /// Plain text, which every server takes.
    Text(String),
    /// Parts; some servers take plain text only.
    Parts(Vec<ContentPart>),
}

/// A part of a user message.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ContentPart {
    /// Text.
    Text {
        /// The text.
        text: String,
    },
    /// A picture.
    ImageUrl {
        /// Where it is.
        image_url: ImageUrl,
    },
    /// Sound.
    InputAudio {
        /// The sound itself.
        input_audio: AudioInput,
    },
}

/// A picture, by address or as a `data:` URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ImageUrl {
    /// The address.
    pub url: String,
    /// How closely to look; `auto` where `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detail: Option<ImageDetail>,
}

/// How closely a model looks at a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum ImageDetail {
    /// The model decides.
    Auto,
    /// Few tokens.
    Low,
    /// Many tokens.
    High,
}

/// Sound.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AudioInput {
    /// Base64 of the file.
    pub data: String,
    /// `wav` where `None`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub format: Option<AudioFormat>,
}

/// A format of sound files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum AudioFormat {
    /// WAV.
    Wav,
    /// MP3.
    Mp3,
}
