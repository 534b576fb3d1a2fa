//! What a query seeks, as Postgres is asked for it, and the words of rows, as Postgres keeps them.
//!
//! Both are made by the same rules as at home (`library::DocumentWords`, `text::query_words`): the stems of the document's
//! language, by the same algorithms that Postgres' own configurations have, behind a reading of words that knows Chinese,
//! hyphens and accents too. Postgres parses none of it.

use std::collections::{HashMap, HashSet};
use std::fmt::Write as _;

use library::RowWords;
use serde_json::Value;
use text::{StemLanguage, query_phrases, query_words};

use crate::connection::Session;
use crate::error::Done;

/// A word of fewer letters is too much like others to be taken for one of them.
const LEAST_MISTYPED: usize = 5;

/// The longest word that Postgres keeps, in bytes.
const LONGEST_WORD: usize = 2_046;

/// So many bytes of words and places a row may have: Postgres keeps a megabyte at most.
const MOST_BYTES: usize = 700_000;

/// The languages of the documents.
pub(super) struct Stems(Vec<StemLanguage>);

impl Stems {
    pub async fn of_documents(session: &Session<'_>) -> Done<Self> {
        let query = "SELECT DISTINCT language FROM documents WHERE failure IS NULL ORDER BY language";
        let rows = session.rows(query, &[]).await?;
        Ok(Self(rows.iter().filter_map(|row| StemLanguage::of_code(row.get(0))).collect()))
    }

    /// The forms that a word has: its stems in all languages of the documents.
    fn of(&self, word: &str) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        for language in &self.0 {
            let stem = language.stem(word);
            if !stems.iter().any(|known| *known == stem) {
                stems.push(stem.into_owned());
            }
        }
        stems
    }

    /// Any form of a word, as a query of Postgres; empty where there is none.
    pub fn any(&self, word: &str) -> String {
        any_of(&self.of(word), "")
    }
}

/// The words of a query, each once, those that say something where there are any. One that nothing holds is taken for the
/// beginning of others where it is the last, as it is while somebody types, and else for others with a slip.
pub(super) async fn words(session: &Session<'_>, stems: &Stems, query: &str) -> Done<Vec<String>> {
    let words = query_words(query);
    let mut sought: Vec<String> = words.iter().map(|word| stems.any(word)).collect();
    let held = held(session, &sought).await?;
    for (at, word) in words.iter().enumerate().filter(|(at, _)| !held[*at]) {
        let begun = if at + 1 == words.len() { begun_by(session, stems, word).await? } else { None };
        let others = match begun {
            Some(begun) => begun,
            None if may_be_mistyped(word) => like(session, stems, word).await?,
            None => String::new(),
        };
        sought[at] = others;
    }
    sought.retain(|sought| !sought.is_empty());
    Ok(sought)
}

/// The phrases of a query, each once: as a query of Postgres, and as a list of the forms of each word.
pub(super) fn phrases(stems: &Stems, query: &str) -> (Vec<String>, Vec<Value>) {
    let forms =
        |phrase: Vec<String>| -> Vec<Vec<String>> { phrase.iter().map(|word| stems.of(word)).collect() };
    let phrases = query_phrases(query).into_iter().map(forms);
    let phrases = phrases.filter(|phrase| phrase.iter().all(|forms| !forms.is_empty()));
    let in_a_row = |phrase: Vec<Vec<String>>| {
        let words: Vec<String> = phrase.iter().map(|forms| format!("({})", any_of(forms, ""))).collect();
        (words.join(" <-> "), Value::from(phrase))
    };
    phrases.map(in_a_row).unzip()
}

/// For each, whether any chunk holds it.
async fn held(session: &Session<'_>, sought: &[String]) -> Done<Vec<bool>> {
    let query = "SELECT EXISTS (SELECT 1 FROM chunk_words WHERE words @@ sought::tsquery)
                        OR EXISTS (SELECT 1 FROM chunk_words WHERE beside @@ sought::tsquery)
                 FROM unnest($1::text[]) WITH ORDINALITY AS given (sought, place) ORDER BY place";
    Ok(session.rows(query, &[&sought]).await?.iter().map(|row| row.get(0)).collect())
}

/// The words that begin so, if any row has one.
async fn begun_by(session: &Session<'_>, stems: &Stems, beginning: &str) -> Done<Option<String>> {
    let begun = any_of(&stems.of(beginning), ":*");
    let is_held = held(session, std::slice::from_ref(&begun)).await?;
    Ok(Some(begun).filter(|begun| !begun.is_empty() && is_held == [true]))
}

fn may_be_mistyped(word: &str) -> bool {
    word.chars().count() >= LEAST_MISTYPED && word.chars().all(|c| c.is_alphabetic() && !text::is_unspaced(c))
}

/// The words that one letter more, less or exchanged, or two letters turned round, make of this one.
async fn like(session: &Session<'_>, stems: &Stems, word: &str) -> Done<String> {
    let letters: Vec<String> = word.chars().map(|letter| letter.to_string()).collect();
    let count = letters.len();
    let mut patterns = Vec::new();
    for at in 0..=count {
        let (before, behind) = (letters[..at].concat(), |from: usize| letters[from.min(count)..].concat());
        patterns.push(format!("{before}_{}", behind(at)));
        if at < count {
            patterns.push(format!("{before}_{}", behind(at + 1)));
            patterns.push(format!("{before}{}", behind(at + 1)));
        }
        if at + 1 < count {
            patterns.push(format!("{before}{}{}{}", letters[at + 1], letters[at], behind(at + 2)));
        }
    }
    let query =
        "SELECT word FROM forms WHERE char_length(word) BETWEEN $2 - 1 AND $2 + 1 AND word LIKE ANY($1)
                 ORDER BY word";
    let rows = session.rows(query, &[&patterns, &(count as i32)]).await?;
    let mut seen = HashSet::new();
    let mut forms: Vec<String> = rows.iter().flat_map(|row| stems.of(row.get(0))).collect();
    forms.retain(|form| seen.insert(form.clone()));
    Ok(any_of(&forms, ""))
}

fn any_of(words: &[String], ending: &str) -> String {
    let words: Vec<String> = words.iter().map(|word| format!("{}{ending}", quoted(word))).collect();
    words.join(" | ")
}

fn quoted(word: &str) -> String {
    format!("'{}'", word.replace('\\', "\\\\").replace('\'', "''"))
}

/// Words in their order, parted by spaces, as Postgres keeps them: each with its places.
pub(crate) fn vector_of_words(words: &str) -> String {
    let mut places: HashMap<&str, Vec<usize>> = HashMap::new();
    let mut bytes = 0;
    for (place, word) in
        (1..).zip(words.split(' ').filter(|word| !word.is_empty() && word.len() <= LONGEST_WORD))
    {
        bytes += if places.contains_key(word) { 2 } else { word.len() + 10 };
        if bytes > MOST_BYTES {
            break;
        }
        places.entry(word).or_default().push(place);
    }
    let mut vector = String::new();
    for (word, places) in &places {
        let places: Vec<String> = places.iter().map(usize::to_string).collect();
        // Writing to a text cannot fail.
        let _ = write!(vector, "{}:{} ", quoted(word), places.join(","));
    }
    vector
}

/// How many words a row has, where one beside its text counts so much.
pub(crate) fn length(row: &RowWords, weight: f32) -> f32 {
    let count = |words: &str| words.split(' ').filter(|word| !word.is_empty()).count() as f32;
    count(&row.text) + weight * count(&row.beside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_with_their_places() {
        assert_eq!(vector_of_words("rent "), "'rent':1 ");
        let vector = vector_of_words("rent is o'neil's \\ rent");
        let mut words: Vec<&str> = vector.split_terminator(' ').collect();
        words.sort_unstable();
        assert_eq!(words, ["'\\\\':4", "'is':2", "'o''neil''s':3", "'rent':1,5"]);
        assert_eq!(vector_of_words(""), "");
    }

    #[test]
    fn a_row_of_any_length_is_taken() {
        let long: String = (0..200_000).map(|number| format!("word{number} ")).collect();
        let vector = vector_of_words(&long);
        assert!(vector.len() < 2 << 20 && !vector.contains(": "));
    }
}
