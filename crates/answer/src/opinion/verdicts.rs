//! Reads what a chat model thinks out of its reply, however it is written.

use std::sync::LazyLock;

use library::Support;
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;

/// A longer reason is no reason but an essay.
const LONGEST_REASON: usize = 300;

/// What a chat model thinks of one statement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// How far the sources carry it.
    pub support: Support,
    /// In the model's words; empty where it gives none.
    pub reason: String,
}

/// What a reply says of each statement. `None` where it says nothing that can be read, or says two things.
///
/// JSON objects count, wherever in the reply they stand; of a statement that has none, lines that begin with its number.
#[must_use]
pub fn verdicts(reply: &str, statements: usize) -> Vec<Option<Verdict>> {
    let (objects, rest) = objects(reply);
    let objects = numbered(objects, statements);
    let lines: Vec<(usize, Verdict)> = lines(&rest).collect();
    let of = |number| agreed(&objects, number).or_else(|| agreed(&lines, number));
    (1..=statements).map(|number| of(number).flatten()).collect()
}

/// What is said of a statement, where anything is: its verdict, or none where there are different ones.
fn agreed(said: &[(usize, Verdict)], number: usize) -> Option<Option<Verdict>> {
    let mut verdicts = said.iter().filter(|(of, _)| *of == number).map(|(_, verdict)| verdict);
    let first = verdicts.next()?;
    Some(verdicts.all(|other| other.support == first.support).then(|| first.clone()))
}

/// A verdict as the rules ask for it.
#[derive(Deserialize)]
struct Object {
    #[serde(default, alias = "id", alias = "number")]
    statement: Value,
    verdict: String,
    #[serde(default)]
    reason: String,
}

/// The verdicts among the JSON objects of a reply with the numbers that they give, and the text that is none of them.
fn objects(reply: &str) -> (Vec<(Option<usize>, Verdict)>, String) {
    let (mut found, mut others, mut rest) = (Vec::new(), String::new(), reply);
    while let Some(start) = rest.find('{') {
        others += &rest[..start];
        rest = &rest[start..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<Object>();
        if let Some(Ok(Object { statement, verdict, reason })) = values.next() {
            rest = &rest[values.byte_offset()..];
            found.extend(
                support(&verdict).map(|support| (number(&statement), Verdict::new(support, &reason))),
            );
        } else {
            others.push('{');
            rest = &rest[1..];
        }
    }
    (found, others + rest)
}

/// Verdicts that all come without a number, one for each statement, are in the order of the statements.
fn numbered(verdicts: Vec<(Option<usize>, Verdict)>, statements: usize) -> Vec<(usize, Verdict)> {
    let in_order = verdicts.len() == statements && verdicts.iter().all(|(number, _)| number.is_none());
    let numbered = (1..)
        .zip(verdicts)
        .filter_map(|(place, (number, verdict))| Some((number.or(in_order.then_some(place))?, verdict)));
    numbered.collect()
}

/// `1`, `"1"` or `"Statement 1"`.
fn number(value: &Value) -> Option<usize> {
    let text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    text.trim_start_matches(|c: char| !c.is_ascii_digit()).parse().ok()
}

/// A number at the beginning of a line or behind its key, a verdict, and what follows in the line: JSON that is broken,
/// lists, rows of a table.
static LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?im)(?:^[^\p{L}\p{N}\n]*|\bstatement\W*)(\d{1,3})\W+(?:verdict\W*)?",
        r"((?:not |un|partly |partially |fully )?supported|partly|partially)\b",
        r"(?:\W*\breason\b)?[^\p{L}\p{N}\n}]*([^\n}]*)",
    ))
    .expect("the pattern is constant and tested")
});

fn lines(text: &str) -> impl Iterator<Item = (usize, Verdict)> {
    LINE.captures_iter(text).filter_map(|captures| {
        let [number, verdict, reason] = captures.extract().1;
        Some((number.parse().ok()?, Verdict::new(support(verdict)?, reason)))
    })
}

fn support(verdict: &str) -> Option<Support> {
    match verdict.trim().to_lowercase().as_str() {
        "supported" | "fully supported" => Some(Support::Supported),
        "partly" | "partially" | "partly supported" | "partially supported" => Some(Support::Partly),
        "unsupported" | "not supported" => Some(Support::Unsupported),
        _ => None,
    }
}

impl Verdict {
    fn new(support: Support, reason: &str) -> Self {
        let reason = reason.trim_matches([' ', '"', '\'', ',', '|', ']', '\r']);
        Self { support, reason: reason.chars().take(LONGEST_REASON).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(reply: &str) -> Vec<Option<Support>> {
        verdicts(reply, 3).into_iter().map(|verdict| verdict.map(|verdict| verdict.support)).collect()
    }

    #[test]
    fn verdicts_are_read_out_of_whatever_a_model_writes() {
        let both = [Some(Support::Supported), None, Some(Support::Unsupported)];
        for reply in [
            "{\"statement\": 1, \"verdict\": \"supported\", \"reason\": \"It says so.\"}\n{\"statement\": 3, \"verdict\": \"unsupported\", \"reason\": \"1932.\"}",
            "Here you are:\n```json\n[{\"statement\":\"3\",\"verdict\":\"Not supported\"},\n {\"statement\":\"Statement 1\",\"verdict\":\"supported\"}]\n```",
            "{\"statements\": [{\"statement\": 1, \"verdict\": \"supported\"}, {\"statement\": 3, \"verdict\": \"unsupported\"}, {\"statement\": 4, \"verdict\": \"partly\"}]}",
            "{ {\"statement\": 1, \"verdict\": \"supported\"} {\"statement\": 1, \"verdict\": \"supported\"} {\"statement\": 2, \"verdict\": \"who knows\"} {\"statement\": 3, \"verdict\": \"unsupported\"}",
            // Quotes within quotes, single quotes, a key twice, and an end in the midst.
            "{\"statement\": 1, \"verdict\": \"supported\", \"reason\": \"It says \"so\" here.\"}\n{'statement': 3, 'verdict': 'unsupported', 'reason': '1932.'}",
            "{\"statement\": 3, \"statement\": 3, \"verdict\": \"unsupported\"}, {\"statement\": 1,\n \"verdict\": \"supported\",\n}, {\"statement\": 2, \"verdict\": \"part",
            "1. Supported: source 2 supported it in 1871.\n2. I cannot tell.\n3. **Not supported** (1932)",
            "| Statement | Verdict |\n|---|---|\n| 1 | supported |\n| 3 | unsupported |",
            // What is thought aloud before an object counts less than the object.
            "Statement 1: partly? It gives the year.\n{\"statement\": 1, \"verdict\": \"supported\"}\nStatement 3: unsupported",
        ] {
            assert_eq!(read(reply), both, "{reply}");
        }
        for reply in [
            "",
            "All of them are supported.",
            "{\"statement\": 0, \"verdict\": \"partly\"}",
            "{",
            "In 1 supported",
        ] {
            assert_eq!(read(reply), [None; 3], "{reply}");
        }
    }

    #[test]
    fn a_statement_of_which_two_things_are_said_is_not_judged() {
        let reply = "{\"statement\": 1, \"verdict\": \"supported\"}{\"statement\": 1, \"verdict\": \"partly\"}{\"statement\": 2, \"verdict\": \"partly\"}";
        assert_eq!(read(reply), [None, Some(Support::Partly), None]);
    }

    #[test]
    fn verdicts_without_numbers_are_in_order_where_there_is_one_for_each() {
        let line = |verdict: &str| format!("{{\"verdict\": \"{verdict}\"}}\n");
        let all = [line("supported"), line("unsupported"), line("partly")].concat();
        assert_eq!(read(&all), [Some(Support::Supported), Some(Support::Unsupported), Some(Support::Partly)]);
        assert_eq!(read(&line("supported").repeat(2)), [None; 3]);
    }

    #[test]
    fn a_reason_is_what_the_model_wrote_of_it() {
        let reason = |reply: &str| verdicts(reply, 1)[0].clone().unwrap().reason;
        let long =
            format!("{{\"statement\": 1, \"verdict\": \"partly\", \"reason\": \"{}\"}}", "long ".repeat(200));
        assert_eq!(reason(&long).chars().count(), LONGEST_REASON);
        assert_eq!(
            reason("{\"statement\": 1, \"verdict\": \"supported\", \"reason\": \"It says \"so\" here.\"}"),
            "It says \"so\" here."
        );
        assert_eq!(reason("1. Supported: by its own words."), "by its own words.");
    }
}
