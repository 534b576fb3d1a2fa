//! `footnote add` and `footnote sync`.

use std::process::ExitCode;
use std::sync::Mutex;

use anyhow::{Context as _, Result};
use engine::api::{
    AddRequest, AwayFolder, ErrorMessage, Failure, FileKind, IndexEvent, IndexOutcome, IndexProgress,
    IndexStage, IndexSummary, PassedOver, Reason, Role,
};
use engine::wording::counted;
use engine::{Engine, wording};
use indicatif::{ProgressBar, ProgressStyle};

use crate::arguments::{Add, Sync};
use crate::failing::failure;
use crate::json::of_summary;
use crate::output::{harmless, print_json, say};
use crate::words::WORDS_ALONE;

/// So many kinds of files that were passed over are named.
const MOST_KINDS: usize = 8;

pub(crate) async fn add(engine: &Engine, arguments: Add, json: bool) -> Result<ExitCode> {
    let watcher = Watcher::new()?;
    let request = AddRequest { paths: arguments.paths };
    until_interrupted(engine, engine.add(request, |event| watcher.see(event))).await;
    if !engine.status().await.map_err(failure)?.models.contains_key(&Role::Embed) {
        say(WORDS_ALONE);
    }
    watcher.report(json)
}

pub(crate) async fn sync(engine: &Engine, arguments: Sync, json: bool) -> Result<ExitCode> {
    let watcher = Watcher::new()?;
    if arguments.all {
        until_interrupted(engine, engine.read_again(|event| watcher.see(event))).await;
    } else {
        until_interrupted(engine, engine.sync(|event| watcher.see(event))).await;
    }
    watcher.report(json)
}

/// Ctrl-C cancels the job; it still ends in its own way.
pub(super) async fn until_interrupted(engine: &Engine, job: impl Future<Output = ()>) {
    let mut job = std::pin::pin!(job);
    tokio::select! {
        () = &mut job => return,
        _ = tokio::signal::ctrl_c() => engine.cancel_jobs(),
    }
    job.await;
}

/// Shows a job on the terminal and keeps its summary. Without a terminal the bar is hidden.
pub(super) struct Watcher {
    bar: ProgressBar,
    /// What the bar looks like once only embedding is left.
    embedding: ProgressStyle,
    waiting: Mutex<Option<ErrorMessage>>,
    summary: Mutex<Option<IndexSummary>>,
}

impl Watcher {
    pub(super) fn new() -> Result<Self> {
        Ok(Self {
            bar: ProgressBar::new(0).with_style(style("{bar:30} {pos}/{len} files  {msg}")?),
            embedding: style("{bar:30} {pos}/{len} passages embedded, {eta} left")?,
            waiting: Mutex::new(None),
            summary: Mutex::new(None),
        })
    }

    pub(super) fn see(&self, event: IndexEvent) {
        match event {
            IndexEvent::Progress { progress } => {
                self.show(&progress);
                self.say_waiting(progress.waiting);
            }
            IndexEvent::Finished { summary } => {
                self.bar.finish_and_clear();
                *self.summary.lock().unwrap_or_else(std::sync::PoisonError::into_inner) = Some(summary);
            }
        }
    }

    fn show(&self, progress: &IndexProgress) {
        let (mut done, mut total) = (progress.files_done, progress.files_total);
        if progress.stage == IndexStage::Embedding {
            (done, total) = (progress.chunks_done, progress.chunks_total);
            // The pace of reading says nothing of that of embedding.
            if self.bar.length() != Some(total.into()) {
                self.bar.set_style(self.embedding.clone());
                self.bar.reset_eta();
            }
        }
        self.bar.set_length(total.into());
        self.bar.set_position(done.into());
        self.bar.set_message(message(progress));
    }

    /// Says once what the endpoint is waited for.
    fn say_waiting(&self, waiting: Option<ErrorMessage>) {
        let Some(reason) = waiting else { return };
        let mut said = self.waiting.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        if said.as_ref() != Some(&reason) {
            self.bar.suspend(|| say(&format!("Asking the endpoint again: {}", wording::error(&reason))));
            *said = Some(reason);
        }
    }

    /// How the last job ended.
    pub(super) fn outcome(&self) -> Option<IndexOutcome> {
        let summary = self.summary.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        summary.as_ref().map(|summary| summary.outcome)
    }

    pub(super) fn report(self, json: bool) -> Result<ExitCode> {
        let summary = self.summary.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        let summary = summary.context("Indexing ended without a result")?;
        for failure in summary.failures.iter().chain(&summary.unread_pages).chain(&summary.unembedded) {
            say(&format!("{}: {}", failure.document, wording::reason(&failure.reason)));
        }
        if json {
            print_json(&of_summary(&summary))?;
        } else {
            say(&sentence(&summary));
        }
        remarks(&summary).iter().for_each(|remark| say(remark));
        if let Some(error) = &summary.error {
            say(&format!("error: {}", wording::error(&error.message)));
        }
        let is_missing = |failure: &Failure| matches!(failure.reason, Reason::NotFound { .. });
        let is_done = summary.outcome == IndexOutcome::Completed && !summary.failures.iter().any(is_missing);
        Ok(if is_done { ExitCode::SUCCESS } else { ExitCode::FAILURE })
    }
}

fn style(template: &str) -> Result<ProgressStyle> {
    ProgressStyle::with_template(template).context("The bar's template is wrong")
}

fn message(progress: &IndexProgress) -> String {
    match progress.stage {
        IndexStage::Walking | IndexStage::Reading => {
            harmless(progress.current.as_deref().unwrap_or_default()).into_owned()
        }
        IndexStage::Recognising => {
            format!("{} of {} pages read", progress.pages_recognised, progress.pages_to_recognise)
        }
        IndexStage::Embedding | IndexStage::Saving => String::new(),
    }
}

fn sentence(summary: &IndexSummary) -> String {
    let counts = [
        ("added", summary.added),
        ("updated", summary.updated),
        ("moved", summary.moved),
        ("removed", summary.removed),
        ("unchanged", summary.unchanged),
        ("failed", u32::try_from(summary.failures.len()).unwrap_or(u32::MAX)),
        ("pages not read", u32::try_from(summary.unread_pages.len()).unwrap_or(u32::MAX)),
        ("not embedded whole", u32::try_from(summary.unembedded.len()).unwrap_or(u32::MAX)),
    ];
    let counts = counts.iter().filter(|(_, count)| *count > 0).map(|(name, count)| format!("{count} {name}"));
    let counts = counts.collect::<Vec<_>>().join(", ");
    let counts = if counts.is_empty() { "Nothing to take in".to_owned() } else { counts };
    let cancelled = if summary.outcome == IndexOutcome::Cancelled { "Cancelled. " } else { "" };
    let shortened = match summary.shortened {
        0 => String::new(),
        shortened => {
            format!(". Of {} the embedding model read the beginning only", counted(shortened, "chunk"))
        }
    };
    format!(
        "{cancelled}{counts}; {}, {} in {:.1} s{shortened}",
        counted(summary.pages, "page"),
        counted(summary.chunks, "chunk"),
        summary.seconds
    )
}

/// What the counts do not tell.
fn remarks(summary: &IndexSummary) -> Vec<String> {
    let away = summary.away.iter().map(|AwayFolder { folder, documents }| {
        let documents = counted(*documents, "document");
        format!(
            "{folder} holds nothing to read: it was emptied, or its drive is not connected. Its {documents} stay in the \
             library; to take them out: footnote remove {folder}"
        )
    });
    let mut passed_over: Vec<_> = summary.passed_over.iter().collect();
    passed_over.sort_by_key(|kind| std::cmp::Reverse(kind.files));
    let mut kinds: Vec<String> = passed_over.iter().take(MOST_KINDS).map(|kind| of_kind(kind)).collect();
    if passed_over.len() > MOST_KINDS {
        kinds.push("others".to_owned());
    }
    let passed_over = (!kinds.is_empty()).then(|| format!("Passed over: {}", kinds.join(", ")));
    away.chain(passed_over).collect()
}

fn of_kind(PassedOver { kind, files }: &PassedOver) -> String {
    match kind {
        FileKind::Extension(extension) => format!("{files} .{extension}"),
        FileKind::NoExtension => format!("{files} without an extension"),
        FileKind::Link => counted(*files, "link"),
        FileKind::Hidden => format!("{files} hidden"),
        FileKind::OfPrograms => format!("{files} of other programs"),
        FileKind::Ignored => format!("{files} by a .footnoteignore or .gitignore"),
    }
}
