//! How well the boxes of words cover quotes, by where PDFium places their characters:
//!
//! ```text
//! FOOTNOTE_PDFIUM=… cargo run --release -p extract --example boxes -- SET...
//! ```
//!
//! A set is a folder with `docs/` and `questions.jsonl`, whose questions name a document, pages and, some of them,
//! evidence. Quotes are stretches of evidence that stand on a page named, and beginnings of paragraphs of such pages
//! where there is none. A character is covered if its middle lies in the box of one of the quote's words; a quote, if
//! 97 % of its characters are. *Others* are characters of the page in these boxes that are not of the quote, as a share
//! of those that are. Needs the worker: `cargo build --release -p extract`.
#![allow(clippy::print_stdout)]

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use extract::{Bounds, ExtractedDocument, Extractor, Limits, Page, WorkerCommand};
use pdfium_render::prelude::{PdfDocument, PdfPageRenderRotation, Pdfium};
use serde::Deserialize;

/// In words.
const SHORTEST_QUOTE: usize = 6;
const LONGEST_QUOTE: usize = 25;
const MOST_QUOTES_OF_A_PAGE: usize = 4;

#[derive(Deserialize)]
struct Question {
    /// None for questions without an answer.
    document: Option<PathBuf>,
    #[serde(default)]
    pages: Vec<u32>,
    #[serde(default)]
    evidence: Vec<String>,
}

/// A character by PDFium, in the coordinates of the page as a reader sees it.
struct Character {
    character: char,
    bounds: Bounds,
}

#[derive(Default)]
struct Tally {
    quotes: usize,
    covered_quotes: usize,
    characters: usize,
    covered: usize,
    others: usize,
    not_found: usize,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let example = std::env::current_exe()?;
    let folder = example.parent().and_then(Path::parent).ok_or("the example's folder is unknown")?;
    let worker = WorkerCommand { program: folder.join("extract-worker"), arguments: Vec::new() };
    let extractor = Extractor::new(worker, Limits::default());
    let library = std::env::var_os("FOOTNOTE_PDFIUM").ok_or("FOOTNOTE_PDFIUM names no library")?;
    let pdfium = Pdfium::new(Pdfium::bind_to_library(library)?);
    println!("set | quotes | covered % | characters covered % | others % | not found by PDFium");
    for set in std::env::args_os().skip(1).map(PathBuf::from) {
        let tally = measure(&extractor, &pdfium, &set)?;
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        println!(
            "{} | {} | {:.1} | {:.2} | {:.2} | {}",
            set.display(),
            tally.quotes,
            percent(tally.covered_quotes, tally.quotes),
            percent(tally.covered, tally.characters),
            percent(tally.others, tally.characters),
            tally.not_found,
        );
    }
    Ok(())
}

fn measure(extractor: &Extractor, pdfium: &Pdfium, set: &Path) -> Result<Tally, Box<dyn std::error::Error>> {
    let mut by_document: HashMap<PathBuf, Vec<Question>> = HashMap::new();
    for line in std::fs::read_to_string(set.join("questions.jsonl"))?.lines() {
        let question: Question = serde_json::from_str(line)?;
        if let Some(document) = question.document.clone() {
            by_document.entry(document).or_default().push(question);
        }
    }
    let mut tally = Tally::default();
    for (path, questions) in by_document {
        let path = set.join("docs").join(path);
        let is_pdf = path.extension().is_some_and(|extension| extension == "pdf");
        let Some(read) = is_pdf.then(|| extractor.extract(&path, &|| false).ok()).flatten() else { continue };
        let document = pdfium.load_pdf_from_file(&path, None)?;
        for (page, quotes) in quotes_of(&read, &questions) {
            let Some(characters) = characters_of(&document, page.number as usize - 1) else { continue };
            for quote in quotes {
                tally.add(page, &quote, &characters);
            }
        }
    }
    Ok(tally)
}

/// Ranges in bytes of the page's text.
fn quotes_of<'a>(read: &'a ExtractedDocument, questions: &[Question]) -> Vec<(&'a Page, Vec<Range<usize>>)> {
    let mut found = Vec::new();
    for page in &read.pages {
        let about: Vec<&Question> =
            questions.iter().filter(|question| question.pages.contains(&page.number)).collect();
        if about.is_empty() {
            continue;
        }
        let evidence = about.iter().flat_map(|question| &question.evidence);
        let mut quotes: Vec<_> = evidence.flat_map(|evidence| stretches(page, evidence)).collect();
        if about.iter().all(|question| question.evidence.is_empty()) {
            let paragraphs = page.blocks.iter().map(|block| first_words(page, &block.range));
            quotes = paragraphs.flatten().collect();
        }
        quotes.truncate(MOST_QUOTES_OF_A_PAGE);
        found.push((page, quotes));
    }
    found
}

/// Runs of the page's words that stand in the evidence too, one after the other.
fn stretches(page: &Page, evidence: &str) -> Vec<Range<usize>> {
    let evidence: Vec<&str> = evidence.split_whitespace().collect();
    let words: Vec<&str> = page.words.iter().map(|word| &page.text[word.range.clone()]).collect();
    let mut quotes = Vec::new();
    let mut at = 0;
    while at + SHORTEST_QUOTE <= words.len() {
        let same = |start: usize| {
            evidence[start..].iter().zip(&words[at..]).take_while(|(said, word)| said == word).count()
        };
        let longest = (0..evidence.len()).map(same).max().unwrap_or(0).min(LONGEST_QUOTE);
        if longest >= SHORTEST_QUOTE {
            quotes.push(page.words[at].range.start..page.words[at + longest - 1].range.end);
            at += longest * 3;
        } else {
            at += 1;
        }
    }
    quotes
}

fn first_words(page: &Page, block: &Range<usize>) -> Option<Range<usize>> {
    let inside = |range: &Range<usize>| block.start <= range.start && range.end <= block.end;
    let words: Vec<_> = page.words.iter().filter(|word| inside(&word.range)).take(LONGEST_QUOTE).collect();
    let (first, last) = (words.first()?, words.last()?);
    (words.len() >= SHORTEST_QUOTE).then_some(first.range.start..last.range.end)
}

/// None where the page is turned.
fn characters_of(document: &PdfDocument, index: usize) -> Option<Vec<Character>> {
    let page = document.pages().get(i32::try_from(index).ok()?).ok()?;
    if !matches!(page.rotation(), Ok(PdfPageRenderRotation::None)) {
        return None;
    }
    let boundaries = page.boundaries();
    let seen = boundaries.crop().or_else(|_| boundaries.media()).ok()?.bounds;
    let (left, bottom) = (seen.left().value, seen.bottom().value);
    let text = page.text().ok()?;
    let characters = text.chars();
    let characters = characters.iter().filter_map(|character| {
        let bounds = character.tight_bounds().ok()?;
        let bounds = Bounds {
            left: bounds.left().value - left,
            bottom: bounds.bottom().value - bottom,
            right: bounds.right().value - left,
            top: bounds.top().value - bottom,
        };
        let character = character.unicode_char()?;
        character.is_alphanumeric().then_some(Character { character, bounds })
    });
    Some(characters.collect())
}

impl Tally {
    fn add(&mut self, page: &Page, quote: &Range<usize>, characters: &[Character]) {
        let letters: Vec<char> = page.text[quote.clone()].chars().filter(|c| c.is_alphanumeric()).collect();
        let boxes: Vec<Bounds> = page
            .words
            .iter()
            .filter(|word| word.range.start < quote.end && quote.start < word.range.end)
            .map(|word| word.bounds)
            .collect();
        let inside: Vec<bool> = characters
            .iter()
            .map(|character| boxes.iter().any(|word| covers(word, &character.bounds)))
            .collect();
        let inside_of = |place: &Range<usize>| inside[place.clone()].iter().filter(|inside| **inside).count();
        // The same words may stand on the page more than once: the place that is meant covers best.
        let starts = 0..(characters.len() + 1).saturating_sub(letters.len());
        let places = starts.map(|start| start..start + letters.len()).filter(|place| {
            characters[place.clone()].iter().map(|character| character.character).eq(letters.iter().copied())
        });
        let Some(place) = places.max_by_key(inside_of) else {
            self.not_found += 1;
            return;
        };
        let covered = inside_of(&place);
        self.quotes += 1;
        self.covered_quotes += usize::from(covered * 100 >= letters.len() * 97);
        self.characters += letters.len();
        self.covered += covered;
        self.others += inside.iter().filter(|inside| **inside).count() - covered;
    }
}

fn covers(word: &Bounds, character: &Bounds) -> bool {
    let (x, y) = ((character.left + character.right) / 2.0, (character.bottom + character.top) / 2.0);
    (word.left..=word.right).contains(&x) && (word.bottom..=word.top).contains(&y)
}
