//! Measures the check of citations with pairs of sentences and passages of real pages: see answer/citations/README.md.
#![allow(clippy::print_stdout, reason = "it prints figures")]

#[path = "../../../answer/tests/it/figures.rs"]
mod figures;
#[path = "../../../answer/tests/it/pairs.rs"]
mod pairs;

use std::collections::HashMap;
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use answer::check;
use extract::{ExtractedDocument, Extractor, Limits, WorkerCommand};
use figures::Figures;
use library::PageSpan;
use pairs::{PageText, Pair};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    if let Some(code) = extract::worker::main_if_requested() {
        return Ok(code);
    }
    let (flags, folders): (Vec<String>, Vec<String>) =
        std::env::args().skip(1).partition(|argument| argument.starts_with("--"));
    let folder =
        folders.first().map(PathBuf::from).or_else(|| std::env::var_os("FOOTNOTE_EVAL").map(PathBuf::from));
    let folder = folder.ok_or("Name the folder that holds the documents, or set FOOTNOTE_EVAL.")?;
    let mut documents = Documents::below(folder)?;
    for (name, file, shows_errors) in [
        ("development", "development.jsonl", flags.iter().any(|flag| flag == "--errors")),
        ("held out", "held_out.jsonl", false),
    ] {
        measure(name, &pairs::read(file)?, &mut documents, shows_errors)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn measure(
    name: &str,
    pairs: &[Pair],
    documents: &mut Documents,
    shows_errors: bool,
) -> Result<(), Box<dyn Error>> {
    let mut figures = Figures::default();
    let mut took = Duration::ZERO;
    let mut missing = 0;
    for pair in pairs {
        let Some(evidence) = documents.page(pair)?.and_then(|(title, page)| pair.evidence(title, page))
        else {
            missing += 1;
            continue;
        };
        let started = Instant::now();
        let checked = check(&pair.claim, &evidence);
        took += started.elapsed();
        figures.count(pair.kind, checked.as_ref());
        let alarm = checked.as_ref().is_none_or(|checked| checked.facts.raise_alarm());
        if shows_errors && alarm == pair.kind.is_true() {
            println!("{:?}: {}\n    {checked:?}", pair.kind, pair.claim);
        }
    }
    let each = took / u32::try_from(pairs.len().max(1))?;
    println!("{name}: {} pairs, {missing} no longer in their documents, {each:?} a check", pairs.len());
    println!("{figures}");
    Ok(())
}

/// The document's title, and one of its pages.
type TitledPage<'a> = (Option<&'a str>, &'a PageText);

/// Documents that were read so far.
struct Documents {
    folder: PathBuf,
    extractor: Extractor,
    read: HashMap<PathBuf, ReadDocument>,
}

struct ReadDocument {
    title: Option<String>,
    pages: HashMap<u32, PageText>,
}

impl Documents {
    fn below(folder: PathBuf) -> Result<Self, Box<dyn Error>> {
        let extractor = Extractor::new(WorkerCommand::current_executable()?, Limits::default());
        Ok(Self { folder, extractor, read: HashMap::new() })
    }

    fn page(&mut self, pair: &Pair) -> Result<Option<TitledPage<'_>>, Box<dyn Error>> {
        let path = self.folder.join(&pair.set).join("docs").join(&pair.document);
        if !self.read.contains_key(&path) {
            let document = self.extractor.extract(&path, &|| false)?;
            self.read.insert(path.clone(), read_document(document, &path));
        }
        let read = &self.read[&path];
        Ok(read.pages.get(&pair.page).map(|page| (read.title.as_deref(), page)))
    }
}

/// The pieces of the pages are those that chunks are made of.
fn read_document(document: ExtractedDocument, path: &Path) -> ReadDocument {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let mut headings: Vec<(PageSpan, Vec<String>)> = Vec::new();
    for chunk in ingest::chunk(&document, &name) {
        headings.extend(chunk.pieces.into_iter().map(|piece| (piece, chunk.headings.clone())));
    }
    headings.sort_by_key(|(piece, _)| (piece.page, piece.start, piece.end));
    headings.dedup_by_key(|(piece, _)| *piece);
    let page = |page: extract::Page| {
        let headings: Vec<_> =
            headings.iter().filter(|(piece, _)| piece.page == page.number).cloned().collect();
        let pieces = headings.iter().map(|(piece, _)| *piece).collect();
        (page.number, PageText { text: page.text, pieces, headings })
    };
    ReadDocument { title: document.title, pages: document.pages.into_iter().map(page).collect() }
}
