//! Text in channels, as the models of OpenAI's gpt-oss family write it: `<|start|>assistant<|channel|>analysis
//! <|message|>…<|end|>`. Servers that know the format take it apart; others pass it on, with or without its beginning.

use super::thinking::{add, take_until};
use crate::ChatEvent;

/// What a text in channels begins with.
pub(super) const STARTS: [&str; 3] = ["<|start|>", "<|channel|>", MESSAGE];
/// What stands before the answer.
pub(super) const FINAL: &str = "<|channel|>final<|message|>";
/// The same where a server drops control tokens: the names of author and channel run together.
pub(super) const BARE_FINAL: &str = "assistantfinal";

const MESSAGE: &str = "<|message|>";
/// What ends a message.
const ENDS: [&str; 5] = ["<|end|>", "<|return|>", "<|call|>", "<|start|>", "<|channel|>"];

/// Where a text in channels stands.
#[derive(Debug)]
pub(super) enum Harmony {
    /// Before a message: its author and channel.
    Header(String),
    /// In a message for the person.
    Answer,
    /// In a message for the model itself or for a tool.
    Thinking,
}

impl Default for Harmony {
    fn default() -> Self {
        Self::Header(String::new())
    }
}

impl Harmony {
    /// In a message that began before.
    pub(super) fn in_answer() -> Self {
        Self::Answer
    }

    /// What the text of the message is.
    pub(super) fn kind(&self) -> fn(String) -> ChatEvent {
        match self {
            Self::Answer => ChatEvent::Text,
            Self::Header(_) | Self::Thinking => ChatEvent::Reasoning,
        }
    }

    /// Takes from what is held; whether there may be more to take.
    pub(super) fn step(&mut self, held: &mut String, events: &mut Vec<ChatEvent>) -> bool {
        if let Self::Header(header) = self {
            let (more, message) = take_until(held, &[MESSAGE]);
            header.push_str(&more);
            if message.is_some() {
                *self = if is_for_the_person(header) { Self::Answer } else { Self::Thinking };
            }
            return message.is_some();
        }
        let (text, end) = take_until(held, &ENDS);
        add(events, self.kind(), &text);
        if let Some(end) = end {
            *self = Self::Header(if end == "<|channel|>" { end.to_owned() } else { String::new() });
        }
        end.is_some()
    }
}

/// A message without a channel is one for the person.
fn is_for_the_person(header: &str) -> bool {
    header.split_once("<|channel|>").is_none_or(|(_, channel)| channel.trim_start().starts_with("final"))
}
