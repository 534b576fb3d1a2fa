//! The messages of a chat as a question and what was said before.

use engine::api::{Answer, Said};
use engine::wording;
use serde::Deserialize;

use super::error::ApiFault;

/// What stands between an answer and the list of its sources.
const SOURCES: &str = "\n\nSources:\n";

#[derive(Deserialize)]
pub(super) struct Message {
    role: Role,
    content: Option<Content>,
}

#[derive(Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
enum Role {
    User,
    Assistant,
    /// Instructions, and results of tools: the documents alone say what is answered.
    #[serde(other)]
    Other,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Content {
    Text(String),
    Parts(Vec<Part>),
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
enum Part {
    Text {
        text: String,
    },
    #[serde(other)]
    Other,
}

/// The last message, and the exchanges before it.
pub(super) fn question(messages: Vec<Message>) -> Result<(String, Vec<Said>), ApiFault> {
    let mut before: Vec<Said> = Vec::new();
    for message in messages.into_iter().filter(|message| message.role != Role::Other) {
        let text = text(message.content)?;
        match (message.role, before.last_mut()) {
            (Role::User, Some(said)) if said.answer.is_none() => said.question += &format!("\n{text}"),
            (Role::User, _) => before.push(Said { question: text, answer: None }),
            (_, Some(said)) => said.answer = Some(without_sources(&text).to_owned()),
            // A greeting answers nothing.
            (_, None) => {}
        }
    }
    match before.pop() {
        Some(Said { question, answer: None }) => Ok((question, before)),
        _ => Err(ApiFault::request("The last message has to be the user's question.")),
    }
}

fn text(content: Option<Content>) -> Result<String, ApiFault> {
    let parts = match content {
        None => return Ok(String::new()),
        Some(Content::Text(text)) => return Ok(text),
        Some(Content::Parts(parts)) => parts,
    };
    let texts = parts.into_iter().map(|part| match part {
        Part::Text { text } => Ok(text),
        Part::Other => Err(ApiFault::request("Questions are text: leave out pictures, sound and files.")),
    });
    Ok(texts.collect::<Result<Vec<String>, ApiFault>>()?.join("\n"))
}

fn without_sources(text: &str) -> &str {
    text.rsplit_once(SOURCES).map_or(text, |(answer, _)| answer)
}

/// What follows the text of an answer that was streamed: its sources, by number, or why there is no answer.
pub(super) fn end(answer: &Answer) -> String {
    if answer.refused {
        let why = answer.nothing.as_ref().map(wording::why_nothing);
        return format!("Not in your documents. {}", why.unwrap_or_default());
    }
    let mut lines: Vec<String> = Vec::new();
    for citation in &answer.citations {
        let page = wording::page(citation.page, citation.page_label.as_ref());
        let quote = citation.quote.split_whitespace().collect::<Vec<_>>().join(" ");
        let link = citation.link().map(|link| format!(" <{link}>")).unwrap_or_default();
        let line = format!("- [{}] {}, {page}: “{quote}”{link}", citation.marker, citation.title);
        if !lines.contains(&line) {
            lines.push(line);
        }
    }
    if lines.is_empty() { String::new() } else { SOURCES.to_owned() + &lines.join("\n") }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn asked(messages: Value) -> Result<(String, Vec<Said>), ApiFault> {
        question(serde_json::from_value(messages).unwrap())
    }

    #[test]
    fn the_last_message_is_asked_and_the_others_are_what_was_said() {
        let (question, before) = asked(json!([
            { "role": "system", "content": "Answer in rhymes." },
            { "role": "assistant", "content": "How can I help?" },
            { "role": "user", "content": "When was it lit?" },
            { "role": "assistant", "content": "In 1871. [1]\n\nSources:\n- [1] Light, page 1: “…”" },
            { "role": "user", "content": [{ "type": "text", "text": "By whom?" }] }
        ]))
        .unwrap();
        assert_eq!(question, "By whom?");
        let said = Said { question: "When was it lit?".to_owned(), answer: Some("In 1871. [1]".to_owned()) };
        assert_eq!(before, [said]);
    }

    #[test]
    fn what_cannot_be_asked_is_said() {
        for messages in [
            json!([]),
            json!([{ "role": "assistant", "content": "Hello" }]),
            json!([{ "role": "user", "content": "a" }, { "role": "assistant", "content": "b" }]),
            json!([{ "role": "user", "content": [{ "type": "image_url", "image_url": { "url": "data:" } }] }]),
        ] {
            assert!(asked(messages).is_err());
        }
    }
}
