//! How well retrieval finds the right page, over sets of documents with known questions.
//!
//! A set is a folder with `docs/` and `questions.jsonl`. Libraries are kept in `target/eval`, and vectors are found
//! again by their text, so that a second run embeds only what has changed.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use clap::Args;
use serde_json::Value;
use xshell::{Shell, cmd};

use crate::{models, pdfium};

/// What to measure.
#[derive(Args)]
pub struct Eval {
    /// The folder of the sets
    #[arg(long, env = "FOOTNOTE_EVAL", value_name = "DIR")]
    folder: PathBuf,
    /// The endpoint that embeds; without one the model that comes with Footnote does
    #[arg(long, value_name = "URL")]
    embedding_base_url: Option<String>,
    /// Read all documents again, as after a change of extraction or chunking
    #[arg(long)]
    reread: bool,
    /// Search only the documents that are known to answer
    #[arg(long)]
    within: bool,
    /// Measure again without each of the steps
    #[arg(long)]
    ablation: bool,
    /// The sets; all without any
    sets: Vec<String>,
}

const STEPS: [&str; 9] =
    ["lexical", "pages", "phrases", "dense", "surroundings", "names", "amounts", "structure", "join"];

/// The recalls, each as the share of the questions that its set counts.
const RECALLS: [(&str, &str, usize); 2] =
    [("document_recall", "questions", 3), ("page_recall", "with_pages", 4)];

pub fn run(shell: &Shell, eval: &Eval) -> Result<()> {
    let sets = if eval.sets.is_empty() { all_sets(&eval.folder)? } else { eval.sets.clone() };
    ensure!(!sets.is_empty(), "no folder in {} holds a questions.jsonl", eval.folder.display());
    let model = if eval.embedding_base_url.is_some() { "endpoint" } else { "builtin" };
    let kept = std::env::current_dir()?.join("target/eval").join(model);
    fs::create_dir_all(&kept)?;
    pdfium::install(shell)?;
    models::install(shell)?;
    cmd!(shell, "cargo build --quiet --profile bench --package footnote").run()?;
    for set in &sets {
        let docs = eval.folder.join(set).join("docs");
        footnote(shell, eval, &kept.join(set), &["add", &docs.to_string_lossy(), "--json"])?;
        if eval.reread {
            footnote(shell, eval, &kept.join(set), &["sync", "--all", "--json"])?;
        }
    }
    measure(shell, eval, &kept, &sets, None)?;
    for step in STEPS.iter().filter(|_| eval.ablation) {
        measure(shell, eval, &kept, &sets, Some(step))?;
    }
    Ok(())
}

fn all_sets(folder: &Path) -> Result<Vec<String>> {
    let entries = fs::read_dir(folder).with_context(|| format!("cannot read {}", folder.display()))?;
    let mut sets = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.join("questions.jsonl").is_file() {
            sets.extend(path.file_name().map(|name| name.to_string_lossy().into_owned()));
        }
    }
    sets.sort();
    Ok(sets)
}

/// Prints a line for each set and one for all of them, and keeps the results beside the libraries.
fn measure(shell: &Shell, eval: &Eval, kept: &Path, sets: &[String], without: Option<&str>) -> Result<()> {
    println!("{}", without.map_or_else(|| "all steps".to_owned(), |step| format!("without {step}")));
    let mut all = Vec::new();
    for set in sets {
        let questions = eval.folder.join(set);
        let mut arguments =
            vec!["eval".to_owned(), questions.to_string_lossy().into_owned(), "--json".to_owned()];
        arguments.extend(eval.within.then(|| "--within".to_owned()));
        arguments.extend(without.map(|step| format!("--without={step}")));
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let results = footnote(shell, eval, &kept.join(set), &arguments)?;
        fs::write(kept.join(format!("{set}-{}.json", without.unwrap_or("all"))), &results)?;
        let results: Value = serde_json::from_str(&results)?;
        println!("{}", line(set, std::slice::from_ref(&results["figures"])));
        all.push(results["figures"].clone());
    }
    println!("{}\n", line("all", &all));
    Ok(())
}

fn footnote(shell: &Shell, eval: &Eval, library: &Path, arguments: &[&str]) -> Result<String> {
    let endpoint = eval.embedding_base_url.iter().flat_map(|url| ["--embedding-base-url", url]);
    let command = cmd!(
        shell,
        "cargo run --quiet --profile bench --package footnote -- --library {library} {endpoint...} {arguments...}"
    );
    Ok(command.quiet().read()?)
}

/// The recalls of some sets together: each question counts the same.
fn line(name: &str, figures: &[Value]) -> String {
    let mut line = format!("{name:<12}");
    for (recall, counted, depths) in RECALLS {
        let questions: f64 = figures.iter().filter_map(|set| set[counted].as_f64()).sum();
        line += &format!("  {recall} of {questions:>4}:");
        for depth in 0..depths {
            let found = |set: &Value| Some(set[recall][depth].as_f64()? * set[counted].as_f64()?);
            let found: f64 = figures.iter().filter_map(found).sum();
            line += &format!(" {:.3}", found / questions.max(1.0));
        }
    }
    let slowest = figures.iter().filter_map(|set| set["p95_ms"].as_f64()).fold(0.0, f64::max);
    format!("{line}  p95 {slowest:.0} ms")
}
