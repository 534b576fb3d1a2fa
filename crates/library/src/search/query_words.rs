//! What lexical search asks for: the words and phrases of a query, quoted, so that FTS5 takes them literally.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use text::{is_stop_word, search_terms};

use crate::json::Json;

/// The words of a query in the form of the index, each once. English
/// stop words are left out where there are others.
pub(super) fn query_words(query: &str) -> Vec<String> {
    let mut seen = HashSet::new();
    let words: Vec<String> =
        search_terms(query).into_iter().filter(|word| seen.insert(word.clone())).collect();
    let quoted = |words: &mut dyn Iterator<Item = &String>| -> Vec<String> {
        words.map(|word| format!("\"{word}\"")).collect()
    };
    let telling = quoted(&mut words.iter().filter(|word| !is_stop_word(word)));
    if telling.is_empty() { quoted(&mut words.iter()) } else { telling }
}

/// So many stop words may stand inside a phrase ("cost of the goods").
const STOP_WORDS_INSIDE: usize = 2;

/// The phrases of a query, each once: two words that say something, with the stop words between them.
pub(super) fn phrases(query: &str) -> Vec<String> {
    let words = search_terms(query);
    let telling = |word: &&String| !is_stop_word(word);
    let mut seen = HashSet::new();
    let mut phrases = Vec::new();
    for (start, _) in words.iter().enumerate().filter(|(_, word)| telling(word)) {
        let following = words[start + 1..].iter().take(STOP_WORDS_INSIDE + 1).position(|word| telling(&word));
        if let Some(between) = following {
            let phrase = words[start..=start + 1 + between].join(" ");
            if seen.insert(phrase.clone()) {
                phrases.push(format!("\"{phrase}\""));
            }
        }
    }
    phrases
}

/// Words of fewer rows cost too little to be left out.
const CHEAP: usize = 500;

/// Without the words that more than half of all rows hold: BM25 gives them no weight, but they cost the most
/// time (four fifths of it for a question in English). Where the others are held by no row, all stay.
pub(super) fn telling_words(
    connection: &Connection,
    table: &str,
    words: &[String],
) -> rusqlite::Result<Vec<String>> {
    let Some(last) = words.last() else { return Ok(Vec::new()) };
    let half: usize = connection
        .prepare_cached(&format!("SELECT count(*) / 2 FROM {table}"))?
        .query_row([], |row| row.get(0))?;
    let most = half.max(CHEAP);
    let beginning = format!("{last} *");
    let asked: Vec<&String> = words.iter().chain([&beginning]).collect();
    let mut held_by: Vec<usize> = connection
        .prepare_cached(&format!(
            "SELECT (SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH word.value LIMIT ?2 + 1))
             FROM json_each(?1) AS word ORDER BY word.key"
        ))?
        .query_map(params![Json(&asked), most], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    let begun_by = held_by.pop().unwrap_or_default();
    let is_telling = |rows: &usize| (1..=most).contains(rows);
    let mut telling: Vec<String> = words
        .iter()
        .zip(&held_by)
        .filter(|(_, rows)| is_telling(rows))
        .map(|(word, _)| word.clone())
        .collect();
    if held_by.last() == Some(&0) && is_telling(&begun_by) {
        telling.push(beginning);
    }
    Ok(if telling.is_empty() { words.to_vec() } else { telling })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phrase_is_two_words_with_what_stands_between() {
        assert_eq!(
            phrases("What is the cost of goods sold in FY2018, the cost of goods?"),
            ["\"cost of goods\"", "\"goods sold\"", "\"sold in fy2018\"", "\"fy2018 the cost\""]
        );
        assert_eq!(phrases("rent"), [""; 0]);
        assert_eq!(phrases("what is it"), [""; 0]);
    }
}
