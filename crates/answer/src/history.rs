//! What was said before a question: told to the model again, folded, or put into the question itself.

use std::collections::HashSet;

use library::{Earlier, MessageId};
use models::{ChatPrompt, Message, Role};
use text::content_words;
use unicode_segmentation::UnicodeSegmentation as _;

use crate::packing::estimated_tokens;
use crate::refusal::REFUSAL;

const STANDALONE: &str = include_str!("../prompts/standalone.md");
const SUMMARY: &str = include_str!("../prompts/summary.md");

/// A question has a line, and a thinking model its thoughts before it.
const STANDALONE_TOKENS: u32 = 1_024;
const SUMMARY_TOKENS: u32 = 1_536;

/// A reply that is longer is no question.
const LONGEST_QUESTION: usize = 500;

/// So much of a model's context, and no more than so many tokens, goes to what was said before.
const SHARE_OF_CONTEXT: usize = 8;
const MOST_TOKENS: usize = 4_000;

/// A question with more words of its own is taken to stand by itself.
const FEW_WORDS: usize = 2;

/// A question and its answer, earlier in the conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchange {
    /// What it was stored as.
    pub message: MessageId,
    /// As the person typed it.
    pub question: String,
    /// Without its markers: they counted other passages. None where the documents held no answer.
    pub answer: Option<String>,
}

/// What was said before a question.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct History {
    /// The earliest exchanges, folded.
    pub earlier: Option<Earlier>,
    /// The later ones, oldest first, as they were.
    pub exchanges: Vec<Exchange>,
}

impl History {
    /// Whether the question is the conversation's first.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.earlier.is_none() && self.exchanges.is_empty()
    }

    /// How many of the exchanges have to be folded, from the first one on: none as long as all of them fit, and
    /// else so many that the next few will fit again.
    pub(crate) fn too_many(&self, context_tokens: usize) -> usize {
        let budget = (context_tokens / SHARE_OF_CONTEXT).min(MOST_TOKENS);
        let summary = self.earlier.as_ref().map_or(0, |earlier| estimated_tokens(&earlier.summary));
        let tokens = |said: &Exchange| {
            estimated_tokens(&said.question) + said.answer.as_deref().map_or(0, estimated_tokens)
        };
        let tokens: Vec<usize> = self.exchanges.iter().map(tokens).collect();
        if summary + tokens.iter().sum::<usize>() <= budget {
            return 0;
        }
        let mut kept = 0;
        let fitting = tokens.iter().rev().take_while(|tokens| {
            kept += *tokens;
            kept <= budget / 2
        });
        self.exchanges.len() - fitting.count()
    }

    /// The messages that tell a model what was said. The summary is an exchange like the others: many models take
    /// one system message only, and what documents said is no rule.
    pub(crate) fn messages(&self) -> Vec<Message> {
        let summary =
            self.earlier.iter().map(|earlier| ("What did we speak of before?", earlier.summary.as_str()));
        let exchanges = self
            .exchanges
            .iter()
            .map(|said| (said.question.as_str(), said.answer.as_deref().unwrap_or(REFUSAL)));
        let both = |(question, answer): (&str, &str)| {
            [(Role::User, question), (Role::Assistant, answer)]
                .map(|(role, text)| Message { role, text: text.to_owned() })
        };
        summary.chain(exchanges).flat_map(both).collect()
    }
}

/// Asks a model for a question that can be understood without what was said before.
pub(crate) fn standalone_prompt(question: &str, history: &History) -> ChatPrompt {
    let asked = format!("{}\n\nThe last question:\n{question}", written_out(history));
    ChatPrompt::exact(STANDALONE, asked, STANDALONE_TOKENS)
}

/// The question in a model's reply; none where there is none.
pub(crate) fn standalone_question(reply: &str) -> Option<String> {
    let line = reply.lines().map(str::trim).find(|line| !line.is_empty() && !line.ends_with(':'))?;
    let question = line.trim_matches(|c: char| c.is_whitespace() || "\"“”„'`*".contains(c));
    (!question.is_empty() && question.chars().count() <= LONGEST_QUESTION).then(|| question.to_owned())
}

/// The question with the topic words of the last one that had others, where it has few words of its own: what can
/// be done without a model.
pub(crate) fn carried_over(question: &str, history: &History) -> String {
    let own: HashSet<String> = content_words(question).into_iter().collect();
    if own.len() > FEW_WORDS {
        return question.to_owned();
    }
    let is_topic = |word: &&str| {
        let stems = content_words(word);
        !stems.is_empty() && stems.iter().all(|stem| !own.contains(stem))
    };
    // A question with one word is a follow-up itself.
    let topic = history.exchanges.iter().rev().find_map(|said| {
        let words: Vec<&str> = said.question.unicode_words().filter(is_topic).collect();
        (words.len() > 1).then(|| words.join(" "))
    });
    topic.map_or_else(|| question.to_owned(), |topic| format!("{question} ({topic})"))
}

/// Asks a model to fold exchanges, together with what was folded before.
pub(crate) fn summary_prompt(history: &History) -> ChatPrompt {
    ChatPrompt::exact(SUMMARY, written_out(history), SUMMARY_TOKENS)
}

fn written_out(history: &History) -> String {
    let summary = history.earlier.iter().map(|earlier| format!("Earlier: {}", earlier.summary));
    let exchanges = history.exchanges.iter().map(|said| {
        let answer = said.answer.as_deref().unwrap_or("none was found in the documents");
        format!("Question: {}\nAnswer: {answer}", said.question)
    });
    format!("The conversation:\n{}", summary.chain(exchanges).collect::<Vec<_>>().join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exchange(question: &str, answer: &str) -> Exchange {
        Exchange { message: MessageId(1), question: question.to_owned(), answer: Some(answer.to_owned()) }
    }

    fn earlier(summary: &str) -> Option<Earlier> {
        Some(Earlier { summary: summary.to_owned(), until: MessageId(1) })
    }

    fn said(exchanges: &[(&str, &str)]) -> History {
        History {
            earlier: None,
            exchanges: exchanges.iter().map(|(question, answer)| exchange(question, answer)).collect(),
        }
    }

    #[test]
    fn a_short_question_takes_over_what_the_last_one_was_about() {
        let history =
            said(&[("What did the new tide gauge cost?", "1,577 euros."), ("In which year?", "2018.")]);
        assert_eq!(carried_over("In which year?", &history), "In which year? (new tide gauge cost)");
        assert_eq!(carried_over("And the old gauge?", &history), "And the old gauge? (new tide cost)");
        let long = "Which documents describe harbour lights, buoys and lamps in detail?";
        assert_eq!(carried_over(long, &history), long);
        assert_eq!(carried_over("In which year?", &History::default()), "In which year?");
    }

    #[test]
    fn a_reply_gives_its_question_whatever_stands_around_it() {
        for reply in [
            "When was the tide gauge built?",
            "\n\"When was the tide gauge built?\"\n",
            "Standalone question:\n**When was the tide gauge built?**\nIt asks for the year.",
        ] {
            assert_eq!(
                standalone_question(reply).as_deref(),
                Some("When was the tide gauge built?"),
                "{reply}"
            );
        }
        assert_eq!(standalone_question(" \n"), None);
        assert_eq!(standalone_question(&"word ".repeat(200)), None);
    }

    #[test]
    fn old_exchanges_are_folded_when_they_no_longer_fit_and_not_again_at_once() {
        let long = "word ".repeat(60);
        let mut history = said(&[("Q", long.as_str()); 12]);
        let fold = history.too_many(8_192);
        assert!((6..12).contains(&fold), "{fold}");
        history.exchanges.drain(..fold);
        history.earlier = earlier("What was said.");
        assert_eq!(history.too_many(8_192), 0);
        history.exchanges.push(exchange("Q", &long));
        assert_eq!(history.too_many(8_192), 0, "there is room for some more");
        assert_eq!(said(&[("Q", long.as_str()); 10]).too_many(131_072), 0);
    }

    #[test]
    fn the_prompts_are_as_they_were_looked_at() {
        let mut history = said(&[("What did the gauge cost?", "1,577 euros.")]);
        history.earlier = earlier("The harbour has a tide gauge.");
        let text = |prompt: ChatPrompt| {
            let messages = prompt.messages.into_iter();
            messages.map(|message| format!("## {:?}\n{}", message.role, message.text)).collect::<Vec<_>>()
        };
        let prompts = [standalone_prompt("In which year?", &history), summary_prompt(&history)];
        insta::assert_snapshot!(prompts.map(text).concat().join("\n\n"));
    }
}
