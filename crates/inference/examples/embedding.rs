//! How fast a model embeds, and what memory it takes:
//!
//! `cargo run --release -p inference --example embedding -- MODEL_FOLDER THREADS < TEXTS`, one text a line.

#![allow(clippy::print_stdout, reason = "it talks to a person at a terminal")]

use std::io::{BufRead as _, stdin};
use std::path::PathBuf;
use std::sync::Mutex;
use std::thread;
use std::time::Instant;
use std::{env, fs};

use anyhow::{Context as _, Result, anyhow};
use inference::{ModelFolder, SentenceVectors, Urgency};

fn main() -> Result<()> {
    let mut arguments = env::args().skip(1);
    let folder = PathBuf::from(arguments.next().context("name the model's folder")?);
    let threads: usize = arguments.next().context("say how many threads")?.parse()?;
    let texts: Vec<String> = stdin().lock().lines().collect::<Result<_, _>>()?;
    println!("before the model is loaded: {}", memory()?);
    let model = SentenceVectors::new(ModelFolder::open(&folder)?)?;
    let started = Instant::now();
    model.embed(&["A question?"], Urgency::Question, &|| false)?;
    println!("loaded, with one question, in {:?}: {}", started.elapsed(), memory()?);

    let waiting = Mutex::new(texts.iter());
    let started = Instant::now();
    thread::scope(|scope| {
        let work = || -> Result<()> {
            while let Some(text) = waiting.lock().ok().and_then(|mut texts| texts.next()) {
                model.embed(&[text], Urgency::Background, &|| false)?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .try_for_each(|worker| worker.join().unwrap_or_else(|_| Err(anyhow!("a thread broke off"))))
    })?;
    let pace = texts.len() as f64 / started.elapsed().as_secs_f64();
    println!("{} texts with {threads} threads, {pace:.1} a second: {}", texts.len(), memory()?);
    Ok(())
}

/// What the process holds now and held at most, as Linux tells it.
fn memory() -> Result<String> {
    let status = fs::read_to_string("/proc/self/status")?;
    let held = status.lines().filter(|line| line.starts_with("VmRSS") || line.starts_with("VmHWM"));
    Ok(held.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect::<Vec<_>>().join(", "))
}
