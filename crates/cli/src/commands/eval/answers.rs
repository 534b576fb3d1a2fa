//! How answers cite what is known to answer.

use std::path::PathBuf;

use anyhow::Result;
use engine::api::{AnswerEvaluation, AnswerFigures, AnswerResult};
use engine::{Engine, answer_figures};
use serde::Serialize;

use super::{name, read_questions};
use crate::failing::failure;
use crate::output::{print, print_json};

/// The answers to one file of questions.
#[derive(Serialize)]
struct Set {
    set: String,
    #[serde(flatten)]
    evaluation: AnswerEvaluation,
}

pub(super) async fn run(engine: &Engine, paths: &[PathBuf], json: bool) -> Result<()> {
    let mut sets = Vec::new();
    for path in paths {
        let evaluation = engine.evaluate_answers(&read_questions(path)?).await.map_err(failure)?;
        sets.push(Set { set: name(path), evaluation });
    }
    if json { print_json(&sets) } else { print(&table(&sets)) }
}

fn table(sets: &[Set]) -> String {
    let mut lines = vec![format!(
        "{:<12} {:>16} {:>16} {:>16} {:>16}",
        "set", "refused wrongly", "cites document", "cites page", "refused rightly"
    )];
    lines.extend(sets.iter().map(|set| line(&set.set, set.evaluation.figures)));
    if sets.len() > 1 {
        let all: Vec<AnswerResult> = sets.iter().flat_map(|set| set.evaluation.questions.clone()).collect();
        lines.push(line("all", answer_figures(&all)));
    }
    lines.join("\n")
}

fn line(name: &str, figures: AnswerFigures) -> String {
    let share = |part: u32, whole: u32| {
        if whole == 0 {
            "-".to_owned()
        } else {
            format!("{part} of {whole} {:>4.0} %", 100.0 * f64::from(part) / f64::from(whole))
        }
    };
    format!(
        "{name:<12} {:>16} {:>16} {:>16} {:>16}",
        share(figures.refused_wrongly, figures.answerable),
        share(figures.cites_document, figures.answerable),
        share(figures.cites_page, figures.with_pages),
        share(figures.refused_rightly, figures.unanswerable)
    )
}
