//! What the chat model says: the sentence among the sources that has most of the question's words, with its number; of
//! numbered statements, which of them their sources say.

use std::cmp::Reverse;

/// How much it reads.
pub(super) const CONTEXT_TOKENS: usize = 16_384;

/// Said after the sources of a question that has no answer in them, where the rules give no other words.
const UNKNOWN: &str = "I do not know.";

/// A message of the prompt.
pub(super) struct Message {
    pub(super) is_asked: bool,
    pub(super) text: String,
}

/// The reply to the last message that asks; where it holds no `<question>`, its last line.
pub(super) fn reply(messages: &[Message]) -> String {
    let asked = messages.iter().rev().find(|message| message.is_asked);
    let asked = asked.map_or("", |message| message.text.as_str());
    if let Some((sources, statements)) = asked.rsplit_once("\n\nStatements:\n\n") {
        return statements.lines().map(|line| judged(line, sources)).collect();
    }
    let Some((before, question)) = asked.rsplit_once("<question>\n") else {
        return asked.lines().last().unwrap_or_default().to_owned();
    };
    let wanted = words(question.split("\n</question>").next().unwrap_or_default());
    let best = sentences(before)
        .map(|(number, sentence)| {
            let said = words(sentence);
            (wanted.iter().filter(|word| said.contains(word)).count(), Reverse(number), sentence)
        })
        .max();
    match best {
        Some((shared, Reverse(number), sentence)) if 2 * shared >= wanted.len() => {
            format!("{sentence} [{number}]")
        }
        _ => told_to_refuse(messages),
    }
}

/// The sentences of the sources with their numbers.
fn sentences(text: &str) -> impl Iterator<Item = (u32, &str)> {
    let sources = text
        .split("\n<source id=\"")
        .flat_map(|source| source.strip_prefix("<source id=\"").or(Some(source)));
    sources.flat_map(|source| {
        let number = source.split('"').next().and_then(|number| number.parse().ok());
        let text = source.split_once(">\n").and_then(|(_, text)| text.split_once("\n</source>"));
        let sentences = text.map_or("", |(text, _)| text).lines().flat_map(|line| line.split_inclusive(". "));
        sentences.filter_map(move |sentence| Some((number?, sentence.trim())))
    })
}

/// The verdict on a statement ("1. (cites 2, 3) The lamp was lit."): whether its sources have most of its words.
fn judged(statement: &str, sources: &str) -> String {
    let Some((number, rest)) = statement.split_once(". (cites ") else { return String::new() };
    let (cited, claim) = rest.split_once(") ").unwrap_or_default();
    let cited: Vec<u32> = cited.split(", ").filter_map(|number| number.parse().ok()).collect();
    let said: Vec<String> = sentences(sources)
        .filter(|(number, _)| cited.contains(number))
        .flat_map(|(_, sentence)| words(sentence))
        .collect();
    let claimed = words(claim);
    let shared = claimed.iter().filter(|word| said.contains(word)).count();
    let verdict = if 2 * shared >= claimed.len() { "supported" } else { "unsupported" };
    format!(
        "{{\"statement\": {number}, \"verdict\": \"{verdict}\", \"reason\": \"{shared} words are there.\"}}\n"
    )
}

/// The beginnings of the longer words: as good as their stems.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 3);
    words.map(|word| word.chars().take(4).collect::<String>().to_lowercase()).collect()
}

/// The rules say what to write where the sources do not answer.
fn told_to_refuse(messages: &[Message]) -> String {
    let rule = messages.iter().find_map(|message| message.text.split_once("this and nothing else: "));
    rule.and_then(|(_, refusal)| refusal.lines().next()).unwrap_or(UNKNOWN).to_owned()
}
