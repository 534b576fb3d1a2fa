//! Words that several commands use.

use std::io::{self, Read as _};

use anyhow::{Context as _, Result};

/// No question is longer than this, in bytes.
const LONGEST_QUESTION: u64 = 1 << 20;

/// Said where there is nothing to make vectors with.
pub(crate) const WORDS_ALONE: &str = "Only words are searched, not meaning: the embedding model is missing. Packages of Footnote contain it, and \
     `cargo xtask start` fetches it.";

/// Said of what was searched without vectors.
pub(crate) const SEARCHED_BY_WORDS_ALONE: &str =
    "Searched by words alone, not by meaning; footnote status says why.";

/// A question of several arguments as one text. What a shell has taken the quotes from gets them back, so that
/// `@"annual report.pdf"` is still one filter.
fn joined(arguments: &[String]) -> String {
    let [argument] = arguments else {
        return arguments.iter().map(|argument| quoted(argument)).collect::<Vec<_>>().join(" ");
    };
    argument.clone()
}

/// What is asked: the arguments, or the standard input in the place of `-`.
pub(crate) fn question(arguments: &[String]) -> Result<String> {
    if arguments != ["-"] {
        return Ok(joined(arguments));
    }
    let mut question = String::new();
    let read = io::stdin().take(LONGEST_QUESTION).read_to_string(&mut question);
    read.context("The question cannot be read from the standard input")?;
    Ok(question)
}

fn quoted(argument: &str) -> String {
    let value = if argument.starts_with('@') { Some(1) } else { argument.find(':').map(|colon| colon + 1) };
    let first_space = argument.find(char::is_whitespace);
    match (value, first_space) {
        (Some(value), Some(space)) if value <= space => {
            format!("{}\"{}\"", &argument[..value], &argument[value..])
        }
        _ => argument.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::joined;

    #[test]
    fn words_without_quotes_are_one_question() {
        let joined = |arguments: &[&str]| {
            joined(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(joined(&["How", "long", "is", "it?"]), "How long is it?");
        assert_eq!(joined(&["@annual report.pdf", "How long?"]), "@\"annual report.pdf\" How long?");
        assert_eq!(joined(&["folder:old papers", "tides"]), "folder:\"old papers\" tides");
        assert_eq!(joined(&["How long is @it"]), "How long is @it");
    }
}
