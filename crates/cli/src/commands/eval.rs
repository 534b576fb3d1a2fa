//! `footnote eval`

mod answers;
mod claims;
mod compare;
mod table;

use std::fs;
use std::path::Path;
use std::process::ExitCode;

use anyhow::{Context as _, Result, bail};
use engine::api::{Figures, KnownQuestion, QuestionResult};
use engine::{Engine, figures};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::arguments::Eval;
use crate::failing::failure;
use crate::output::{print, print_json, say};
use crate::words::SEARCHED_BY_WORDS_ALONE;

/// The results of all sets.
#[derive(Serialize, Deserialize)]
struct Results {
    sets: Vec<SetResults>,
    /// Over the questions of all sets.
    figures: Figures,
}

/// The results of one file of questions.
#[derive(Serialize, Deserialize)]
struct SetResults {
    set: String,
    figures: Figures,
    questions: Vec<QuestionResult>,
}

pub(crate) async fn run(engine: &Engine, arguments: Eval, json: bool) -> Result<ExitCode> {
    if arguments.from_answers {
        for question in engine.answered_questions().await.map_err(failure)? {
            print_json(&question)?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    if let Some(path) = &arguments.claims {
        claims::run(path, json)?;
        return Ok(ExitCode::SUCCESS);
    }
    if arguments.answers {
        answers::run(engine, &arguments.questions, json).await?;
        return Ok(ExitCode::SUCCESS);
    }
    let mut sets = Vec::new();
    let mut all = Vec::new();
    for path in &arguments.questions {
        let mut questions = read_questions(path)?;
        if let Some(id) = &arguments.explain {
            questions.retain(|question| question.id == *id);
        }
        let found =
            engine.evaluate(&questions, &arguments.without, arguments.within).await.map_err(failure)?;
        all.extend(questions);
        sets.push(SetResults { set: name(path), figures: found.figures, questions: found.questions });
    }
    let each: Vec<QuestionResult> = sets.iter().flat_map(|set| set.questions.clone()).collect();
    let results = Results { figures: figures(&all, &each), sets };
    if let Some(id) = &arguments.explain {
        return explain(&results, id);
    }
    if json {
        print_json(&results)?;
    } else {
        print(&table::table(&results))?;
    }
    if each.iter().any(|question| question.words_alone) {
        say(SEARCHED_BY_WORDS_ALONE);
    }
    if let Some(before) = &arguments.compare {
        let before =
            fs::read_to_string(before).with_context(|| format!("Cannot read {}", before.display()))?;
        let before: Results = serde_json::from_str(&before).context("--compare wants what --json printed")?;
        compare::tell(&before, &results);
    }
    Ok(ExitCode::SUCCESS)
}

/// The questions of a file, or of the questions.jsonl of a folder.
fn read_questions(path: &Path) -> Result<Vec<KnownQuestion>> {
    let file = if path.is_dir() { path.join("questions.jsonl") } else { path.to_owned() };
    read_lines(&file)
}

/// The JSON objects of a file, one a line.
fn read_lines<T: DeserializeOwned>(file: &Path) -> Result<Vec<T>> {
    let text = fs::read_to_string(file).with_context(|| format!("Cannot read {}", file.display()))?;
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let object = |(line, number): (&str, u32)| {
        serde_json::from_str(line)
            .with_context(|| format!("Line {number} of {} is not as expected", file.display()))
    };
    lines.map(object).collect()
}

/// What a set is called: its folder, or its file.
fn name(path: &Path) -> String {
    let named = if path.is_dir() { path.file_name() } else { path.file_stem() };
    named.unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

fn explain(results: &Results, id: &str) -> Result<ExitCode> {
    let Some(question) = results.sets.iter().flat_map(|set| &set.questions).find(|found| found.id == id)
    else {
        bail!("No question that can be measured has the id {id}");
    };
    for step in &question.steps {
        let page = step.page.map_or_else(String::new, |page| format!(", page {page}"));
        print(&format!("{}{page}", step.document))?;
        for (name, rank) in &step.ranks {
            print(&format!("  {name:<10}{}", rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string())))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
