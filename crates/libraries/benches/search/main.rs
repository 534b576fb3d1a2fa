//! How long a search takes in a library of so many chunks, from words to passages, and how much room the library takes.
//!
//! `cargo xtask bench search LIBRARY [COUNT]…` makes the libraries from the documents of one that was filled before: it is
//! opened, not changed otherwise, and stands as often as it takes, with words and numbers exchanged (`multiplied.rs`). With the
//! address of an empty database in `FOOTNOTE_BENCH_TEAM`, a team's library is made there, and asked by several at once.

#![allow(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "it prints figures, and cannot go on without a library"
)]

mod multiplied;

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use libraries::Library;
use library::{ChunkId, Query, Scope};
use multiplied::Multiplied;

/// As many as `answer` asks for (`retrieval/params.rs`), and the passages that it then reads.
const CHUNKS: usize = 900;
const PAGES: usize = 300;
const NEAR: usize = 300;
const PASSAGES: usize = 15;

const QUESTIONS: usize = 200;
const TYPED: usize = 20;

fn main() {
    // `cargo test` runs benches too, without this argument.
    if !std::env::args().any(|argument| argument == "--bench") {
        return;
    }
    let mut arguments = std::env::args().skip(1).filter(|argument| !argument.starts_with("--"));
    let source = arguments.next().expect("the folder of a library");
    let source = Multiplied::read(Path::new(&source));
    if let Ok(address) = std::env::var("FOOTNOTE_BENCH_TEAM") {
        let team = || Library::join(&address.parse().unwrap()).unwrap();
        return ask_team(&source, &team, arguments.next().map_or(150_000, |count| count.parse().unwrap()));
    }
    for count in arguments.map(|count| count.parse().unwrap()) {
        let directory = tempfile::tempdir().unwrap();
        measure(&source, count, directory.path());
    }
}

fn measure(source: &Multiplied, count: usize, directory: &Path) {
    let started = Instant::now();
    let library = Library::open(directory).unwrap();
    source.store(&library, count);
    let stored = started.elapsed();
    library.save_index(&|| false).unwrap();
    let status = library.status().unwrap();
    println!(
        "\n{} chunks of {} pages, {} dimensions: stored in {:.0} s, indexed in {:.0} s more",
        status.chunks,
        status.pages,
        source.dimensions(),
        stored.as_secs_f64(),
        (started.elapsed() - stored).as_secs_f64()
    );
    drop(library);
    println!("bytes a chunk on the disk: {}", bytes_by_part(directory, status.chunks as usize));

    let before = resident();
    let started = Instant::now();
    let library = Library::open(directory).unwrap();
    let opened = started.elapsed();
    let questions = source.questions(QUESTIONS);
    search(&library, &questions[0]);
    println!("opened in {:.1} ms, first answer after {:.1} ms", ms(opened), ms(started.elapsed()));

    let times = questions.iter().map(|question| timed(|| search(&library, question))).collect();
    println!("a question: {}", percentiles(times));
    let scope = Scope { folder: Some(multiplied::folder(0)), ..Scope::default() };
    let within = questions.iter().map(|question| timed(|| search_in(&library, question, &scope))).collect();
    println!("in one of ten folders: {}", percentiles(within));
    let keys = questions.iter().take(TYPED).flat_map(|(text, vector)| {
        let ends = text.char_indices().skip(2).map(|(at, letter)| at + letter.len_utf8());
        ends.map(|end| (text[..end].to_owned(), vector.clone()))
    });
    let keys = keys.map(|typed| timed(|| search(&library, &typed))).collect();
    println!("a key: {}", percentiles(keys));
    println!("memory: {} MB", resident().saturating_sub(before) >> 20);
}

/// How many ask a team's library at once.
const ASKERS: [usize; 3] = [1, 10, 50];

/// So many questions are asked by all together.
const ASKED: usize = 600;

fn ask_team(source: &Multiplied, team: &(dyn Fn() -> Library + Sync), count: usize) {
    let library = team();
    let before = library.status().unwrap();
    let started = Instant::now();
    source.store(&library, count.saturating_sub(before.chunks as usize));
    let status = library.status().unwrap();
    println!(
        "\n{} chunks of {} pages: {} stored in {:.0} s; {} and {} bytes a chunk in tables and indexes",
        status.chunks,
        status.pages,
        status.chunks - before.chunks,
        started.elapsed().as_secs_f64(),
        status.database_bytes / u64::from(status.chunks),
        status.index_bytes / u64::from(status.chunks)
    );
    let questions = source.questions(QUESTIONS);
    for askers in ASKERS {
        let started = Instant::now();
        let times = std::thread::scope(|scope| {
            let ask = |asker: usize| {
                let questions = &questions;
                scope.spawn(move || {
                    // Each is a member at a computer of their own.
                    let library = team();
                    search(&library, &questions[asker % QUESTIONS]);
                    let mine = questions.iter().cycle().skip(asker * 7).take(ASKED / askers);
                    mine.map(|question| timed(|| search(&library, question))).collect::<Vec<_>>()
                })
            };
            let asking: Vec<_> = (0..askers).map(ask).collect();
            asking.into_iter().flat_map(|asking| asking.join().unwrap()).collect::<Vec<_>>()
        });
        let pace = times.len() as f64 / started.elapsed().as_secs_f64();
        println!("{askers} at once: {}, {pace:.1} a second", percentiles(times));
    }
    let scope = Scope { folder: Some(multiplied::folder(0)), ..Scope::default() };
    let within = questions.iter().map(|question| timed(|| search_in(&library, question, &scope))).collect();
    println!("in one of ten folders: {}", percentiles(within));
}

type Question = (String, Vec<f32>);

fn search(library: &Library, question: &Question) {
    search_in(library, question, &Scope::default());
}

/// All that a question reads of the library.
fn search_in(library: &Library, (text, vector): &Question, scope: &Scope) {
    let query = Query { text, vector: Some(vector), scope, chunks: CHUNKS, pages: PAGES, near: NEAR };
    let found = library.candidates(&query).unwrap();
    let chunks: Vec<ChunkId> = found.near.iter().take(PASSAGES).map(|hit| hit.chunk).collect();
    let passages = library.passages(&chunks).unwrap();
    let pages: Vec<_> = passages.iter().map(|passage| (passage.document, passage.page_first)).collect();
    library.bearing(text, &pages).unwrap();
    library.words_held(text).unwrap();
}

fn timed(work: impl FnOnce()) -> Duration {
    let started = Instant::now();
    work();
    started.elapsed()
}

fn percentiles(mut times: Vec<Duration>) -> String {
    times.sort();
    let at = |share: usize| ms(times[times.len() * share / 100]);
    format!("p50 {:.1} ms, p95 {:.1} ms of {}", at(50), at(95), times.len())
}

fn ms(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1e3
}

/// What each file and folder of a library takes.
fn bytes_by_part(directory: &Path, chunks: usize) -> String {
    let parts = fs::read_dir(directory).unwrap().map(|entry| {
        let path = entry.unwrap().path();
        (path.file_name().unwrap().to_string_lossy().into_owned(), bytes(&path) / chunks)
    });
    let mut parts: Vec<(String, usize)> = parts.filter(|(_, bytes)| *bytes > 0).collect();
    parts.sort();
    let all: usize = parts.iter().map(|(_, bytes)| bytes).sum();
    let parts: Vec<String> = parts.iter().map(|(name, bytes)| format!("{name} {bytes}")).collect();
    format!("{all} ({})", parts.join(", "))
}

fn bytes(path: &Path) -> usize {
    if path.is_dir() {
        fs::read_dir(path).unwrap().map(|entry| bytes(&entry.unwrap().path())).sum()
    } else {
        path.metadata().unwrap().len() as usize
    }
}

fn resident() -> usize {
    memory_stats::memory_stats().map_or(0, |stats| stats.physical_mem)
}
