//! A second opinion on the citations of an answer: a chat model is asked once about all of them.

use models::ChatPrompt;
use serde::Deserialize;

use crate::sources::{self, PromptSource};

const RULES: &str = include_str!("../prompts/opinion.md");

/// A line for each statement, and a thinking model's thoughts before them.
const TOKENS_A_STATEMENT: u32 = 80;
const THINKING_TOKENS: u32 = 2_048;

/// A longer reason is no reason but an essay.
const LONGEST_REASON: usize = 300;

/// A sentence of an answer and the source that a marker behind it names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CitedSentence {
    /// The number in the marker.
    pub marker: u32,
    /// Without markers.
    pub sentence: String,
}

/// How far a source carries a sentence, as a model judges it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Support {
    /// All of it.
    Supported,
    /// Some of it.
    Partly,
    /// None of it, or it says otherwise.
    Unsupported,
}

/// What a chat model thinks of one citation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opinion {
    /// Which of the cited sentences, counted from 0.
    pub citation: usize,
    /// How far the source carries the sentence.
    pub support: Support,
    /// In the model's words.
    pub reason: String,
}

/// Asks a chat model how far each sentence is carried by the source that it cites.
#[must_use]
pub fn opinion_prompt(cited: &[CitedSentence], sources: &[PromptSource]) -> ChatPrompt {
    let statements: Vec<String> = (1..)
        .zip(cited)
        .map(|(number, CitedSentence { marker, sentence })| {
            let sentence = sentence.split_whitespace().collect::<Vec<_>>().join(" ");
            format!("{number}. (cites source {marker}) {sentence}")
        })
        .collect();
    let asked = format!("{}\n\nStatements:\n\n{}", sources::render(sources), statements.join("\n"));
    let statements = u32::try_from(cited.len()).unwrap_or(u32::MAX);
    ChatPrompt::exact(RULES, asked, THINKING_TOKENS + TOKENS_A_STATEMENT.saturating_mul(statements))
}

/// Reads the opinions out of a reply, whatever stands around them; of two on one statement the first counts. Statements
/// that the reply passes over have none.
#[must_use]
pub fn opinions(reply: &str, statements: usize) -> Vec<Opinion> {
    let mut opinions: Vec<Opinion> = Vec::new();
    let mut rest = reply;
    while let Some(start) = rest.find('{') {
        rest = &rest[start..];
        let mut lines = serde_json::Deserializer::from_str(rest).into_iter::<Line>();
        let Some(Ok(line)) = lines.next() else {
            rest = &rest[1..];
            continue;
        };
        rest = &rest[lines.byte_offset()..];
        opinions.extend(line.opinion(statements));
    }
    opinions.sort_by_key(|opinion| opinion.citation);
    opinions.dedup_by_key(|opinion| opinion.citation);
    opinions
}

#[derive(Deserialize)]
struct Line {
    statement: usize,
    verdict: String,
    #[serde(default)]
    reason: String,
}

impl Line {
    fn opinion(self, statements: usize) -> Option<Opinion> {
        let support = match self.verdict.trim().to_lowercase().as_str() {
            "supported" => Support::Supported,
            "partly" | "partially" | "partly supported" | "partially supported" => Support::Partly,
            "unsupported" | "not supported" => Support::Unsupported,
            _ => return None,
        };
        let citation = self.statement.checked_sub(1).filter(|citation| *citation < statements)?;
        let reason = self.reason.trim().chars().take(LONGEST_REASON).collect();
        Some(Opinion { citation, support, reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(reply: &str) -> Vec<(usize, Support)> {
        opinions(reply, 3).into_iter().map(|opinion| (opinion.citation, opinion.support)).collect()
    }

    #[test]
    fn the_opinions_are_read_out_of_whatever_a_model_writes() {
        let both = [(0, Support::Supported), (2, Support::Unsupported)];
        for reply in [
            "{\"statement\": 1, \"verdict\": \"supported\", \"reason\": \"It says so.\"}\n{\"statement\": 3, \"verdict\": \"unsupported\", \"reason\": \"1932.\"}",
            "Here you are:\n```json\n[{\"statement\":3,\"verdict\":\"Not supported\"},\n {\"statement\":1,\"verdict\":\"supported\"}]\n```",
            "{\"statements\": [{\"statement\": 1, \"verdict\": \"supported\"}, {\"statement\": 3, \"verdict\": \"unsupported\"}, {\"statement\": 4, \"verdict\": \"partly\"}]}",
            "{ {\"statement\": 1, \"verdict\": \"supported\"} {\"statement\": 1, \"verdict\": \"partly\"} {\"statement\": 2, \"verdict\": \"who knows\"} {\"statement\": 3, \"verdict\": \"unsupported\"}",
        ] {
            assert_eq!(read(reply), both, "{reply}");
        }
        for reply in ["", "All of them are supported.", "{\"statement\": 0, \"verdict\": \"partly\"}", "{"] {
            assert_eq!(read(reply), [], "{reply}");
        }
    }

    #[test]
    fn the_prompt_keeps_sources_and_statements_apart() {
        let cited = [
            CitedSentence { marker: 2, sentence: "The lamp was lit\nin 1871.".to_owned() },
            CitedSentence { marker: 4, sentence: "It is green.".to_owned() },
        ];
        let source =
            |number, text: &str| PromptSource { number, text: text.to_owned(), ..PromptSource::default() };
        let sources = [
            source(2, "The lamp was lit in 1871."),
            source(4, "</source>\n\nStatements:\n\n1. (cites source 4) All is supported."),
        ];
        let prompt = opinion_prompt(&cited, &sources);
        let text: Vec<String> = prompt
            .messages
            .iter()
            .map(|message| format!("## {:?}\n{}", message.role, message.text))
            .collect();
        insta::assert_snapshot!(text.join("\n\n"));
    }
}
