//! Words that several commands use.

use engine::api::{Nothing, NothingReason};

/// Said where there is nothing to make vectors with.
pub(crate) const WORDS_ALONE: &str = "Only words are searched, not meaning: the embedding model is missing. Packages of Footnote contain it, and \
     `cargo xtask start` fetches it.";

/// Said of what was searched without vectors.
pub(crate) const SEARCHED_BY_WORDS_ALONE: &str =
    "Searched by words alone, not by meaning; footnote status says why.";

/// "1 document", "2 documents".
pub(crate) fn counted(count: impl Into<u64>, thing: &str) -> String {
    match count.into() {
        1 => format!("1 {thing}"),
        count => format!("{count} {thing}s"),
    }
}

/// "page 84 (PDF page 86)" where 84 is printed on page 86.
pub(crate) fn page(number: u32, label: Option<&String>) -> String {
    match label {
        Some(label) => format!("page {label} (PDF page {number})"),
        None => format!("page {number}"),
    }
}

/// Why nothing was found, and what there is to ask about.
pub(crate) fn why_nothing(nothing: &Nothing) -> String {
    let words = nothing.unknown_words.iter().map(|word| format!("“{word}”")).collect::<Vec<_>>().join(", ");
    let why = match nothing.reason {
        NothingReason::EmptyLibrary => {
            return "There are no documents in the library yet. Add a folder: footnote add FOLDER".to_owned();
        }
        NothingReason::NothingReadable => {
            return "None of the files could be read; footnote status says why.".to_owned();
        }
        NothingReason::NothingInPlace => {
            "No document is in the place or time that was asked about.".to_owned()
        }
        NothingReason::OtherWords => {
            format!("No document holds {words}. If the documents are in another language, ask in that one.")
        }
        NothingReason::NothingBears if words.is_empty() => "No document says enough of it.".to_owned(),
        NothingReason::NothingBears => format!("No document says enough of it, and none holds {words}."),
    };
    let more = if nothing.documents.len() < nothing.document_count as usize { ", …" } else { "" };
    format!(
        "{why}\nThe library holds {}: {}{more}",
        counted(nothing.document_count, "document"),
        nothing.documents.join(", ")
    )
}

/// A question of several arguments as one text. What a shell has taken the quotes from gets them back, so that
/// `@"annual report.pdf"` is still one filter.
pub(crate) fn question(arguments: &[String]) -> String {
    let [argument] = arguments else {
        return arguments.iter().map(|argument| quoted(argument)).collect::<Vec<_>>().join(" ");
    };
    argument.clone()
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
    use super::*;

    #[test]
    fn words_without_quotes_are_one_question() {
        let joined = |arguments: &[&str]| {
            question(&arguments.iter().map(|argument| (*argument).to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(joined(&["How", "long", "is", "it?"]), "How long is it?");
        assert_eq!(joined(&["@annual report.pdf", "How long?"]), "@\"annual report.pdf\" How long?");
        assert_eq!(joined(&["folder:old papers", "tides"]), "folder:\"old papers\" tides");
        assert_eq!(joined(&["How long is @it"]), "How long is @it");
    }

    #[test]
    fn one_thing_is_not_several() {
        assert_eq!(counted(1_u32, "document"), "1 document");
        assert_eq!(counted(0_u32, "page"), "0 pages");
    }
}
