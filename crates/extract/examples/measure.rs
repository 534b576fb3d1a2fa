//! Compares the text of PDFs with that of `pdftotext` and prints a table:
//!
//! ```text
//! cargo run --release -p extract --example measure -- [--worst N] [--passwords FILE] FOLDER...
//! ```
//!
//! A line is a folder. F1 is that of the words of each page (as multisets, summed over the document), *best* that
//! against pdftotext or PDFium, whichever is higher, in files where pdftotext finds words; *glued*
//! counts words that pdftotext shows as two; *order* is the share of our pairs of neighbouring words that are
//! neighbours for pdftotext, read by columns or (`-layout`) by rows. The passwords' file is a table with the columns
//! `path`, below the folder, and `password`, which begins with `upw=` or `opw=`. Needs `pdftotext`, PDFium (its library named in FOOTNOTE_PDFIUM), and the
//! worker: `cargo build --release -p extract`.
#![allow(clippy::print_stdout)]

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Instant;

use extract::{ExtractError, Extractor, Given, Limits, WorkerCommand};
use pdfium_render::prelude::Pdfium;
use unicode_normalization::UnicodeNormalization;
use walkdir::WalkDir;

type Pages = Vec<Vec<String>>;

/// How one file fared.
struct Outcome {
    path: PathBuf,
    error: Option<ExtractError>,
    reference_words: usize,
    f1: f64,
    best_f1: f64,
    order: f64,
    glued: usize,
    words: usize,
    same_page_count: bool,
    seconds: f64,
}

struct Readers {
    extractor: Extractor,
    pdfium: Option<Pdfium>,
    /// By the path below the folder.
    passwords: HashMap<PathBuf, String>,
}

impl Readers {
    fn pages_by_pdfium(&self, path: &Path, password: Option<&str>) -> Vec<String> {
        let document = self.pdfium.as_ref().and_then(|pdfium| pdfium.load_pdf_from_file(path, password).ok());
        let pages = document.iter().flat_map(|document| document.pages().iter());
        pages.map(|page| page.text().map(|text| text.all()).unwrap_or_default()).collect()
    }
}

fn passwords_in(table: &Path) -> Result<HashMap<PathBuf, String>, Box<dyn std::error::Error>> {
    let mut reader =
        csv::ReaderBuilder::new().delimiter(b'\t').quoting(false).flexible(true).from_path(table)?;
    let mut passwords = HashMap::new();
    for row in reader.deserialize::<HashMap<String, String>>() {
        let row = row?;
        // `upw=` or `opw=`: the user's password or the owner's.
        let password = row.get("password").and_then(|password| password.trim().split_once('='));
        if let (Some(path), Some((_, password))) = (row.get("path"), password) {
            passwords.insert(path.into(), password.to_owned());
        }
    }
    Ok(passwords)
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments: Vec<String> = std::env::args().skip(1).collect();
    let mut worst = 0;
    let mut passwords = HashMap::new();
    while let [option, value, ..] = arguments.as_slice() {
        match option.as_str() {
            "--worst" => worst = value.parse()?,
            "--passwords" => passwords = passwords_in(Path::new(value))?,
            _ => break,
        }
        arguments.drain(..2);
    }
    let library = std::env::var_os("FOOTNOTE_PDFIUM").map(Pdfium::bind_to_library);
    let pdfium = library.and_then(Result::ok).map(Pdfium::new);
    let readers =
        Readers { extractor: Extractor::new(worker_command()?, Limits::default()), pdfium, passwords };
    println!(
        "folder | files | with text | F1 median | p10 | min | F1 >= .9 | best >= .9 | order median | p10 | glued % | pages wrong | failed | seconds"
    );
    for folder in arguments {
        let mut outcomes = measure_folder(&readers, Path::new(&folder));
        print_row(&folder, &mut outcomes);
        outcomes.sort_by(|a, b| a.best_f1.total_cmp(&b.best_f1));
        let with_text = outcomes.iter().filter(|outcome| outcome.reference_words > 0);
        with_text.take(worst).for_each(print_outcome);
        print_errors(&outcomes);
    }
    Ok(())
}

/// Built beside this example's folder.
fn worker_command() -> std::io::Result<WorkerCommand> {
    let example = std::env::current_exe()?;
    let folder = example.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    Ok(WorkerCommand { program: folder.join("extract-worker"), arguments: Vec::new() })
}

fn measure_folder(readers: &Readers, folder: &Path) -> Vec<Outcome> {
    let files: Vec<PathBuf> = WalkDir::new(folder)
        .sort_by_file_name()
        .into_iter()
        .filter_map(Result::ok)
        .map(walkdir::DirEntry::into_path)
        .filter(|path| path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("pdf")))
        .collect();
    let (next, outcomes) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..2 {
            scope.spawn(|| {
                while let Some(path) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let outcome = measure_file(readers, folder, path);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push(outcome);
                    }
                }
            });
        }
    });
    outcomes.into_inner().unwrap_or_default()
}

fn measure_file(readers: &Readers, folder: &Path, path: &Path) -> Outcome {
    let below = path.strip_prefix(folder).unwrap_or(path);
    let password = readers.passwords.get(below).map(String::as_str);
    let given = Given { password: password.map(Into::into), ..Given::default() };
    let started = Instant::now();
    let result = readers.extractor.extract_with(path, &given, &|| false);
    let seconds = started.elapsed().as_secs_f64();
    let error = result.as_ref().err().cloned();
    let ours: Pages = result
        .map(|document| document.pages.iter().map(|page| words_of(&page.text)).collect())
        .unwrap_or_default();
    let unlocked: Vec<&str> =
        password.iter().flat_map(|password| ["-upw", password, "-opw", password]).collect();
    let pages = |text: String| text.split('\u{c}').map(words_of).collect::<Pages>();
    let reference = pages(pdftotext(path, &unlocked));
    let laid_out = pages(pdftotext(path, &[unlocked.as_slice(), &["-layout"]].concat()));
    let by_pdfium: Pages =
        readers.pages_by_pdfium(path, password).iter().map(|page| words_of(page)).collect();
    let reference_pages = reference.len().saturating_sub(1);
    let f1 = f1(&ours, &reference);
    let pairs: usize = ours.iter().map(|page| page.len().saturating_sub(1)).sum();
    let kept: usize = (ours.iter().zip(&reference).zip(&laid_out))
        .map(|((ours, reference), laid_out)| known_pairs(ours, reference, laid_out))
        .sum();
    Outcome {
        path: path.to_owned(),
        error,
        reference_words: count(&reference),
        f1,
        best_f1: f1.max(self::f1(&ours, &by_pdfium)),
        order: if pairs == 0 { 1.0 } else { kept as f64 / pairs as f64 },
        glued: ours.iter().zip(&reference).map(|(ours, theirs)| glued(ours, theirs)).sum(),
        words: count(&ours),
        same_page_count: ours.len() == reference_pages,
        seconds,
    }
}

fn f1(ours: &Pages, theirs: &Pages) -> f64 {
    let shared: usize = ours.iter().zip(theirs).map(|(ours, theirs)| shared(ours, theirs)).sum();
    2.0 * shared as f64 / (count(ours) + count(theirs)).max(1) as f64
}

fn words_of(text: &str) -> Vec<String> {
    // What joins, parts and turns letters shows nothing by itself; PDFium puts U+FFFE for a hyphen at a line's end.
    let shows = |character: &char| !matches!(character, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{feff}' | '\u{fffe}');
    let text: String = text.chars().filter(shows).collect();
    // Each character of Chinese and Japanese counts as a word.
    let ideograph = |character: &char| matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}');
    let mut parted = String::with_capacity(text.len());
    for character in text.nfkc().filter(|character| !is_meaningless(*character)) {
        if ideograph(&character) {
            parted.extend([' ', character, ' ']);
        } else {
            parted.push(character);
        }
    }
    // Dots that lead to page numbers are none.
    parted
        .split_whitespace()
        .flat_map(|word| word.split("...."))
        .map(|word| word.trim_matches('.').to_owned())
        .filter(|word| !word.is_empty())
        .collect()
}

/// Control characters and private ones are what glyphs without a meaning come to.
fn is_meaningless(character: char) -> bool {
    let private = matches!(character, '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..);
    private || character == '\u{fffd}' || (character.is_control() && !character.is_whitespace())
}

fn count(pages: &Pages) -> usize {
    pages.iter().map(Vec::len).sum()
}

/// What pdftotext says of this file; kept in the temporary folder for the next run.
fn pdftotext(path: &Path, options: &[&str]) -> String {
    let mut hasher = DefaultHasher::new();
    (path, options).hash(&mut hasher);
    let kept = std::env::temp_dir().join(format!("pdftotext-{:016x}.txt", hasher.finish()));
    if let Ok(text) = std::fs::read_to_string(&kept) {
        return text;
    }
    let output = Command::new("timeout")
        .args(["60", "pdftotext", "-enc", "UTF-8"])
        .args(options)
        .arg(path)
        .arg("-")
        .output();
    let text = output.map(|output| String::from_utf8_lossy(&output.stdout).into_owned()).unwrap_or_default();
    // Without the copy the next run takes longer, that is all.
    let _ = std::fs::write(&kept, &text);
    text
}

fn shared<T: Eq + Hash>(ours: &[T], theirs: &[T]) -> usize {
    let mut left: HashMap<&T, usize> = HashMap::new();
    for item in theirs {
        *left.entry(item).or_default() += 1;
    }
    let mut shared = 0;
    for item in ours {
        if let Some(count) = left.get_mut(item).filter(|count| **count > 0) {
            *count -= 1;
            shared += 1;
        }
    }
    shared
}

/// Neighbours of ours that are neighbours in one of pdftotext's two readings: by columns, or by rows.
fn known_pairs(ours: &[String], by_columns: &[String], by_rows: &[String]) -> usize {
    fn pairs(words: &[String]) -> impl Iterator<Item = (&str, &str)> {
        words.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str()))
    }
    let known: HashSet<(&str, &str)> = pairs(by_columns).chain(pairs(by_rows)).collect();
    pairs(ours).filter(|pair| known.contains(pair)).count()
}

/// Words of ours that are two neighbouring words of theirs.
fn glued(ours: &[String], theirs: &[String]) -> usize {
    let single: HashSet<&str> = theirs.iter().map(String::as_str).collect();
    let joined: HashSet<String> = theirs.windows(2).map(<[String]>::concat).collect();
    ours.iter().filter(|word| !single.contains(word.as_str()) && joined.contains(*word)).count()
}

fn print_row(folder: &str, outcomes: &mut [Outcome]) {
    outcomes.sort_by(|a, b| a.f1.total_cmp(&b.f1));
    let with_text: Vec<&Outcome> = outcomes.iter().filter(|outcome| outcome.reference_words > 0).collect();
    let f1: Vec<f64> = with_text.iter().map(|outcome| outcome.f1).collect();
    let mut order: Vec<f64> = with_text.iter().map(|outcome| outcome.order).collect();
    order.sort_by(f64::total_cmp);
    let at = |values: &[f64], share: f64| {
        values.get((values.len() as f64 * share) as usize).copied().unwrap_or(0.0)
    };
    let words: usize = outcomes.iter().map(|outcome| outcome.words).sum();
    let glued: usize = outcomes.iter().map(|outcome| outcome.glued).sum();
    let wrong = outcomes.iter().filter(|outcome| outcome.error.is_none() && !outcome.same_page_count).count();
    println!(
        "{folder} | {} | {} | {:.4} | {:.4} | {:.4} | {} | {} | {:.4} | {:.4} | {:.3} | {wrong} | {} | {:.1}",
        outcomes.len(),
        with_text.len(),
        at(&f1, 0.5),
        at(&f1, 0.1),
        at(&f1, 0.0),
        f1.iter().filter(|f1| **f1 >= 0.9).count(),
        with_text.iter().filter(|outcome| outcome.best_f1 >= 0.9).count(),
        at(&order, 0.5),
        at(&order, 0.1),
        100.0 * glued as f64 / words.max(1) as f64,
        outcomes.iter().filter(|outcome| outcome.error.is_some()).count(),
        outcomes.iter().map(|outcome| outcome.seconds).sum::<f64>(),
    );
}

fn print_outcome(outcome: &Outcome) {
    println!(
        "    {:.4} best {:.4} order {:.4} glued {} words {} of {} {:.1} s {} {}",
        outcome.f1,
        outcome.best_f1,
        outcome.order,
        outcome.glued,
        outcome.words,
        outcome.reference_words,
        outcome.seconds,
        outcome.path.display(),
        outcome.error.as_ref().map(ToString::to_string).unwrap_or_default()
    );
}

/// Failures by kind; those where pdftotext finds text in brackets.
fn print_errors(outcomes: &[Outcome]) {
    let mut kinds: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for outcome in outcomes {
        if let Some(error) = &outcome.error {
            let (all, with_text) = kinds.entry(error.code()).or_default();
            *all += 1;
            *with_text += usize::from(outcome.reference_words > 0);
        }
    }
    for (kind, (all, with_text)) in kinds {
        println!("    {kind}: {all} ({with_text})");
    }
}
