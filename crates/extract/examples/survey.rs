//! Reads all files of folders and prints a table by kind, then each file that gave no text with its reason:
//!
//! ```text
//! cargo run --release -p extract --example survey -- [--texts DIR] [--references DIR] FOLDER...
//! ```
//!
//! With `--texts` the text of each file is written there. With `--references` it is compared with what another
//! reader made of the file: the file of the same name with `.txt` behind it. F1 is that of the words, as multisets.
//! Needs the worker: `cargo build --release -p extract`.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

use extract::{BlockKind, ExtractedDocument, Extractor, Limits, WorkerCommand};
use walkdir::WalkDir;

/// What one kind of file gave.
#[derive(Default)]
struct Kind {
    files: usize,
    with_text: usize,
    pages: usize,
    headings: usize,
    items: usize,
    rows: usize,
    slowest_ms: u128,
    f1: Vec<(f64, String)>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let (mut texts, mut references, mut folders) = (None, None, Vec::new());
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--texts" => texts = arguments.next().map(PathBuf::from),
            "--references" => references = arguments.next().map(PathBuf::from),
            _ => folders.push(argument),
        }
    }
    let example = std::env::current_exe()?;
    let folder = example.parent().and_then(Path::parent).ok_or("the example's folder is unknown")?;
    let worker = WorkerCommand { program: folder.join("extract-worker"), arguments: Vec::new() };
    let extractor = Extractor::new(worker, Limits::default());

    let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
    let mut failures = Vec::new();
    let files =
        folders.iter().flat_map(|folder| WalkDir::new(folder).sort_by_file_name()).filter_map(Result::ok);
    for file in files.filter(|entry| entry.file_type().is_file()) {
        let path = file.path();
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        let kind = kinds.entry(extension.unwrap_or_default()).or_default();
        let name = file.file_name().to_string_lossy().into_owned();
        let started = Instant::now();
        let result = extractor.extract(path, &|| false);
        kind.files += 1;
        kind.slowest_ms = kind.slowest_ms.max(started.elapsed().as_millis());
        let text = match result {
            Ok(document) => {
                kind.take(&document);
                document.pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n\n")
            }
            Err(error) => {
                failures.push(format!("{name}: {error}"));
                String::new()
            }
        };
        if let Some(reference) = references.as_ref().and_then(|folder| read_beside(folder, &name)) {
            kind.f1.push((f1(&text, &reference), name.clone()));
        }
        if let Some(folder) = &texts {
            std::fs::write(folder.join(format!("{name}.txt")), text)?;
        }
    }
    println!(
        "kind | files | with text | pages | headings | list items | table rows | slowest ms | F1 median | lowest"
    );
    for (name, kind) in &mut kinds {
        kind.print(name);
    }
    failures.iter().for_each(|failure| println!("{failure}"));
    Ok(())
}

impl Kind {
    fn take(&mut self, document: &ExtractedDocument) {
        self.with_text += 1;
        self.pages += document.pages.len();
        for block in document.pages.iter().flat_map(|page| &page.blocks) {
            match block.kind {
                BlockKind::Heading { .. } => self.headings += 1,
                BlockKind::ListItem => self.items += 1,
                BlockKind::TableRow { .. } => self.rows += 1,
                BlockKind::Paragraph | BlockKind::Code => {}
            }
        }
    }

    fn print(&mut self, name: &str) {
        self.f1.sort_by(|a, b| a.0.total_cmp(&b.0));
        let median = self.f1.get(self.f1.len() / 2).map_or(String::new(), |(f1, _)| format!("{f1:.3}"));
        let lowest: Vec<String> =
            self.f1.iter().take(4).map(|(f1, name)| format!("{f1:.3} {name}")).collect();
        println!(
            "{name} | {} | {} | {} | {} | {} | {} | {} | {median} | {}",
            self.files,
            self.with_text,
            self.pages,
            self.headings,
            self.items,
            self.rows,
            self.slowest_ms,
            lowest.join(", ")
        );
    }
}

fn read_beside(folder: &Path, name: &str) -> Option<String> {
    std::fs::read_to_string(folder.join(format!("{name}.txt"))).ok()
}

fn f1(ours: &str, theirs: &str) -> f64 {
    let (ours, theirs) = (words(ours), words(theirs));
    let mut left: HashMap<&str, usize> = HashMap::new();
    for word in &theirs {
        *left.entry(word).or_default() += 1;
    }
    let mut shared = 0;
    for word in &ours {
        if let Some(count) = left.get_mut(word.as_str()).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    if ours.is_empty() && theirs.is_empty() {
        1.0
    } else {
        2.0 * shared as f64 / (ours.len() + theirs.len()) as f64
    }
}

/// Letters and digits; what readers put around them differs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
