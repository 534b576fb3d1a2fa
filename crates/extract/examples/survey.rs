//! Reads all files of folders and prints a table by kind, then each file that gave no text with its reason:
//!
//! ```text
//! cargo run --release -p extract --example survey -- [--texts DIR] [--references DIR] FOLDER...
//! ```
//!
//! With `--texts` the text of each file is written there. With `--references` it is compared with what another
//! reader made of the file: the file of the same name with `.txt` behind it. *Found* is the share of its words that
//! are in ours, as multisets, and F1 weighs our own words against it as well: notes, comments and attachments that
//! the other reader leaves out lower it.
//! Needs the worker: `cargo build --release -p extract`.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::time::Instant;

use extract::{BlockKind, ExtractedDocument, Extractor, Limits, WorkerCommand};
use walkdir::WalkDir;

/// Our text against another reader's.
struct Comparison {
    name: String,
    found: f64,
    f1: f64,
}

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
    compared: Vec<Comparison>,
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
            kind.compared.push(compare(&name, &text, &reference));
        }
        if let Some(folder) = &texts {
            std::fs::write(folder.join(format!("{name}.txt")), text)?;
        }
    }
    println!(
        "kind | files | with text | pages | headings | list items | table rows | slowest ms | found median | F1 median | lowest found"
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
        self.compared.sort_by(|a, b| a.f1.total_cmp(&b.f1));
        let median = |compared: &[Comparison], share: fn(&Comparison) -> f64| {
            compared.get(compared.len() / 2).map_or(String::new(), |middle| format!("{:.3}", share(middle)))
        };
        let f1 = median(&self.compared, |comparison| comparison.f1);
        self.compared.sort_by(|a, b| a.found.total_cmp(&b.found));
        let found = median(&self.compared, |comparison| comparison.found);
        let lowest =
            self.compared.iter().take(4).map(|lowest| format!("{:.3} {}", lowest.found, lowest.name));
        println!(
            "{name} | {} | {} | {} | {} | {} | {} | {} | {found} | {f1} | {}",
            self.files,
            self.with_text,
            self.pages,
            self.headings,
            self.items,
            self.rows,
            self.slowest_ms,
            lowest.collect::<Vec<_>>().join(", ")
        );
    }
}

fn read_beside(folder: &Path, name: &str) -> Option<String> {
    std::fs::read_to_string(folder.join(format!("{name}.txt"))).ok()
}

fn compare(name: &str, ours: &str, theirs: &str) -> Comparison {
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
    let share = |of: usize| if of == 0 { 1.0 } else { f64::from(shared) / of as f64 };
    Comparison {
        name: name.to_owned(),
        found: share(theirs.len()),
        f1: (2.0 * share(ours.len() + theirs.len())).min(1.0),
    }
}

/// Letters and digits; what readers put around them differs.
fn words(text: &str) -> Vec<String> {
    let words = text.split(|character: char| !character.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect()
}
