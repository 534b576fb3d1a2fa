//! What lexical search asks for: the words and phrases of a query, quoted, so that FTS5 takes them literally.

use std::collections::HashSet;

use rusqlite::{Connection, params};
use text::{is_stop_word, search_terms};

/// The words of a query in the form of the index, each once. English
/// stop words are left out where there are others.
pub(crate) fn query_words(query: &str) -> Vec<String> {
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
pub(crate) fn phrases(query: &str) -> Vec<String> {
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
pub(crate) fn telling_words(
    connection: &Connection,
    table: &str,
    words: Vec<String>,
) -> rusqlite::Result<Vec<String>> {
    let half: usize = connection
        .prepare_cached(&format!("SELECT count(*) / 2 FROM {table}"))?
        .query_row([], |row| row.get(0))?;
    let most = half.max(CHEAP);
    let mut count = connection.prepare_cached(&format!(
        "SELECT count(*) FROM (SELECT 1 FROM {table} WHERE {table} MATCH ?1 LIMIT ?2 + 1)"
    ))?;
    let mut held_by = |word: &str| count.query_row(params![word, most], |row| row.get::<_, usize>(0));
    let mut telling = Vec::new();
    for word in &words {
        match held_by(word)? {
            0 if Some(word) == words.last() => {
                let beginning = format!("{word} *");
                if (1..=most).contains(&held_by(&beginning)?) {
                    telling.push(beginning);
                }
            }
            rows if (1..=most).contains(&rows) => telling.push(word.clone()),
            _ => {}
        }
    }
    Ok(if telling.is_empty() { words } else { telling })
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
