//! Makes claims for `footnote eval --claims` out of a folder of texts in any language: sentences as they stand there,
//! and the same with one figure or name changed to another that stands nowhere in its text.
//!
//!     cargo run -p answer --example changed_sentences -- FOLDER [SAME_IN_ENGLISH] > claims.jsonl
//!
//! A name is a capital word inside a sentence. Where the language gives capitals to other words too, a second folder with
//! the same texts in English tells which are names: those that both have.
#![allow(clippy::print_stdout, reason = "it prints claims")]

use std::error::Error;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use serde_json::json;
use text::sentences;
use unicode_segmentation::UnicodeSegmentation as _;

/// So many sentences of a folder are taken, evenly from all of its texts.
const SENTENCES: usize = 200;
/// A shorter one says little.
const LEAST_LETTERS: usize = 30;

struct Text {
    paragraphs: Vec<String>,
    whole: String,
    in_english: Option<String>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("Name a folder of texts.")?;
    let english = arguments.next();
    let mut paths: Vec<PathBuf> =
        fs::read_dir(&folder)?.map(|entry| Ok(entry?.path())).collect::<Result<_, std::io::Error>>()?;
    paths.sort();
    let texts: Vec<Text> =
        paths.iter().map(|path| read(path, english.as_deref())).collect::<Result<_, _>>()?;
    let names: Vec<&str> = texts
        .iter()
        .flat_map(|text| text.paragraphs.iter().flat_map(|p| names(p, text)))
        .map(|(_, name)| name)
        .collect();
    let mut taken = 0;
    for paragraph in 0.. {
        let of_all: Vec<(&Text, &String)> =
            texts.iter().filter_map(|text| Some((text, text.paragraphs.get(paragraph)?))).collect();
        if of_all.is_empty() {
            break;
        }
        for (text, paragraph) in of_all {
            taken += print_claims(text, paragraph, &names, taken);
        }
    }
    Ok(())
}

fn read(path: &Path, english: Option<&Path>) -> Result<Text, Box<dyn Error>> {
    let whole = fs::read_to_string(path)?;
    let name = path.file_name().unwrap_or_default();
    let in_english = english.map(|folder| fs::read_to_string(folder.join(name))).transpose()?;
    let paragraphs =
        whole.split("\n\n").map(str::trim).filter(|text| !text.is_empty() && !text.starts_with('#'));
    Ok(Text { paragraphs: paragraphs.map(str::to_owned).collect(), whole: whole.clone(), in_english })
}

/// Prints the sentences of a paragraph that can be changed, as they are and changed, until there are enough.
fn print_claims(text: &Text, paragraph: &str, names: &[&str], taken: usize) -> usize {
    let ranges = sentences(paragraph);
    let evidence: Vec<&str> = ranges.iter().map(|range| &paragraph[range.clone()]).collect();
    let long = evidence.iter().enumerate().filter(|(_, sentence)| sentence.chars().count() >= LEAST_LETTERS);
    let changed = long.filter_map(|(place, sentence)| {
        let figure = other_figure(sentence, text).map(|changed| ("figure", changed));
        let name = other_name(sentence, text, names).map(|changed| ("name", changed));
        // Every other time a name goes first.
        Some((place, *sentence, if place % 2 == 0 { figure.or(name) } else { name.or(figure) }?))
    });
    let mut printed = 0;
    for (place, sentence, (kind, changed)) in changed.take(SENTENCES.saturating_sub(taken)) {
        let number = taken + printed;
        let claim = |id: &str, claim: &str, label: &str, supporting: &[usize]| json!({"id": format!("{number:03}-{id}"), "claim": claim, "label": label, "evidence": evidence, "supporting": supporting});
        println!("{}", claim("copied", sentence, "supported", &[place]));
        println!("{}", claim(kind, &changed, "unsupported", &[]));
        printed += 1;
    }
    printed
}

/// The sentence with other last digits of its first number.
fn other_figure(sentence: &str, text: &Text) -> Option<String> {
    let start = sentence.find(char::is_numeric)?;
    let length = sentence[start..].find(|c: char| !c.is_numeric()).unwrap_or(sentence.len() - start);
    let digits: Vec<char> = sentence[start..start + length].chars().collect();
    let last = digits.len().saturating_sub(2);
    let turned = |by: u32| -> Option<String> {
        digits
            .iter()
            .enumerate()
            .map(|(place, digit)| if place < last { Some(*digit) } else { turned(*digit, by) })
            .collect()
    };
    let other = (1..10).filter_map(turned).find(|other| !text.whole.contains(other))?;
    Some(format!("{}{other}{}", &sentence[..start], &sentence[start + length..]))
}

/// Another digit of the same script, never a zero.
fn turned(digit: char, by: u32) -> Option<char> {
    let value = digit.to_digit(10).or_else(|| {
        // The digits of a script stand in a row, the zero at the end of a ten or behind one.
        [0x660, 0x6f0, 0x966, 0xe50]
            .into_iter()
            .find_map(|zero| u32::from(digit).checked_sub(zero).filter(|value| *value < 10))
    })?;
    char::from_u32(u32::from(digit) - value + (value + by - 1) % 9 + 1)
}

/// The sentence with a name of another text.
fn other_name(sentence: &str, text: &Text, names_of_all: &[&str]) -> Option<String> {
    let (range, name) = names(sentence, text).next()?;
    let at = names_of_all.iter().position(|other| *other == name)?;
    let others = names_of_all[at..].iter().chain(&names_of_all[..at]);
    let other =
        others.into_iter().find(|other| !text.whole.to_lowercase().contains(&other.to_lowercase()))?;
    Some(format!("{}{other}{}", &sentence[..range.start], &sentence[range.end..]))
}

/// Capital words that stand by themselves inside a sentence.
fn names<'a>(sentence: &'a str, text: &'a Text) -> impl Iterator<Item = (Range<usize>, &'a str)> {
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let words: Vec<(usize, &str)> = sentence.unicode_word_indices().collect();
    let alone = (1..words.len()).filter(move |&place| {
        let (at, word) = words[place];
        let next = words.get(place + 1).is_some_and(|(_, next)| is_capital(next));
        let begins = sentence[..at].trim_end().ends_with(['.', '!', '?', '"', '“', '«', '„', ':', '(']);
        let is_known = text.in_english.as_ref().is_none_or(|english| english.contains(word));
        is_capital(word)
            && word.chars().count() > 3
            && !is_capital(words[place - 1].1)
            && !next
            && !begins
            && is_known
            && word.chars().all(char::is_alphabetic)
    });
    let words: Vec<(usize, &str)> = sentence.unicode_word_indices().collect();
    alone.map(move |place| (words[place].0..words[place].0 + words[place].1.len(), words[place].1))
}
