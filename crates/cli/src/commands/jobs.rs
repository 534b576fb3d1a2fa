//! `footnote jobs`

use std::process::ExitCode;

use anyhow::Result;
use engine::Engine;
use engine::api::{IndexOutcome, Job, JobState, JobWork};
use engine::wording::counted;

use super::index::{Watcher, until_interrupted};
use crate::arguments::JobsCommand;
use crate::failing::failure;
use crate::output::{harmless, print, print_json};

pub(crate) async fn run(engine: &Engine, command: Option<JobsCommand>, json: bool) -> Result<ExitCode> {
    match command {
        Some(JobsCommand::Run) => return do_left(engine).await,
        Some(JobsCommand::Pause { id }) => engine.pause_job(id, true).await.map_err(failure)?,
        Some(JobsCommand::Resume { id }) => engine.pause_job(id, false).await.map_err(failure)?,
        Some(JobsCommand::Cancel { id }) => engine.cancel_job(id).await.map_err(failure)?,
        None => {}
    }
    let jobs = engine.jobs().await.map_err(failure)?;
    if json {
        print_json(&jobs)?;
    } else if jobs.is_empty() {
        print("No job is under way, and none was left undone.")?;
    }
    for job in jobs.iter().filter(|_| !json) {
        print(&line(job))?;
    }
    Ok(ExitCode::SUCCESS)
}

async fn do_left(engine: &Engine) -> Result<ExitCode> {
    let watcher = Watcher::new()?;
    let mut done = Ok(());
    until_interrupted(engine, async { done = engine.do_left_jobs(|event| watcher.see(event)).await }).await;
    done.map_err(failure)?;
    let all_done = watcher.outcome().is_none_or(|outcome| outcome == IndexOutcome::Completed);
    Ok(if all_done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

/// A job with how far it is.
pub(crate) fn line(job: &Job) -> String {
    let state = match job.state {
        JobState::Waiting => "waits",
        JobState::Running => "runs",
        JobState::Elsewhere => "runs in another Footnote",
        JobState::Paused => "rests; to let it go on: footnote jobs resume",
        JobState::Left => "was left undone; to do the rest: footnote jobs run",
    };
    format!("Job {}, {}: {state}", job.id, work(&job.work))
}

fn work(work: &JobWork) -> String {
    let paths = |paths: &[String]| {
        let named = paths.first().map(|path| harmless(path).into_owned()).unwrap_or_default();
        if paths.len() > 1 { format!("{named} and {} more", paths.len() - 1) } else { named }
    };
    match work {
        JobWork::Add(added) => format!("add {}", paths(added)),
        JobWork::Sync(only) if only.is_empty() => "sync".to_owned(),
        JobWork::Sync(only) => format!("sync {}", paths(only)),
        JobWork::ReadAgain => "sync --all".to_owned(),
        JobWork::Embed => "embed with another model".to_owned(),
        JobWork::Recognise(documents) => format!("recognise {}", counted(*documents, "document")),
        JobWork::Unknown => "of a later version of Footnote".to_owned(),
    }
}
