//! A chat model as reranker: one call, one line of numbers.

use std::sync::Arc;

use async_trait::async_trait;
use models::{ChatModel, ChatPrompt, ModelError, Ranking, Reranker};

use crate::sources::{self, PromptSource};

const RULES: &str = include_str!("../../prompts/rerank.md");

/// So much of each passage is shown: twenty of them fit into 8,192 tokens.
const SHOWN: usize = 900;

/// A model that thinks first needs room for it.
const ANSWER_TOKENS: u32 = 1_024;

/// Asks a chat model for the order of the passages.
pub struct ChatReranker(Arc<dyn ChatModel>);

impl ChatReranker {
    /// With the model that also answers.
    #[must_use]
    pub fn new(model: Arc<dyn ChatModel>) -> Self {
        Self(model)
    }
}

#[async_trait]
impl Reranker for ChatReranker {
    async fn rerank(&self, question: &str, passages: &[String]) -> Result<Ranking, ModelError> {
        let reply = self.0.reply(prompt(question, passages)).await?;
        Ok(Ranking { order: order(&reply.text, passages.len()), usage: reply.usage })
    }
}

fn prompt(question: &str, passages: &[String]) -> ChatPrompt {
    let numbered: Vec<PromptSource> = (1..)
        .zip(passages)
        .map(|(number, text)| PromptSource {
            number,
            text: text[..text.floor_char_boundary(SHOWN)].to_owned(),
            ..PromptSource::default()
        })
        .collect();
    let asked = format!("{}\n\n{}", sources::render(&numbered), sources::render_question(question));
    ChatPrompt::exact(RULES, asked, ANSWER_TOKENS)
}

/// Reads the order out of whatever a model writes: of the line with the most numbers of passages, each number once.
/// A number that is no passage is passed over; a text without any keeps the order as it was.
fn order(text: &str, count: usize) -> Vec<usize> {
    let of_line = |line: &str| -> Vec<usize> {
        let mut places = Vec::new();
        for number in
            line.split(|c: char| !c.is_ascii_digit()).filter_map(|digits| digits.parse::<usize>().ok())
        {
            if (1..=count).contains(&number) && !places.contains(&(number - 1)) {
                places.push(number - 1);
            }
        }
        places
    };
    let lines = text.lines().map(of_line);
    let longest = lines.clone().map(|places| places.len()).max().unwrap_or_default();
    if longest > 1 {
        return lines.into_iter().find(|places| places.len() == longest).unwrap_or_default();
    }
    // One number a line, or one alone.
    of_line(&text.replace('\n', " "))
}

#[cfg(test)]
mod tests {
    use super::order;

    #[test]
    fn the_order_is_read_out_of_whatever_a_model_writes() {
        for (text, expected) in [
            ("3 > 1 > 2", vec![2, 0, 1]),
            ("[3] > [1]", vec![2, 0]),
            ("Sure! Here are the 4 passages in order:\n\n**2 > 4 > 1**\n\nI hope this helps.", vec![1, 3, 0]),
            ("1. [2]\n2. [1]\n", vec![0, 1]),
            ("2\n4\n1", vec![1, 3, 0]),
            ("3, 3, 9, 1", vec![2, 0]),
            ("The best passage is 4.", vec![3]),
            ("I cannot rank these.", vec![]),
            ("", vec![]),
        ] {
            assert_eq!(order(text, 4), expected, "{text:?}");
        }
    }
}
