//! Writing a backup, and putting one in the library's place.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use library::{Copying, CopyingStage, Library};
use tokio::sync::mpsc::Sender;
use tokio_util::sync::CancellationToken;

use crate::Engine;
use crate::api::{ApiError, BackupEvent, BackupOutcome, BackupRequest, BackupStage};
use crate::off_thread::off_thread_telling;
use crate::settings::File;

/// How often a shell is told how far it has come.
const PROGRESS_EVERY: Duration = Duration::from_millis(150);

impl Engine {
    /// Writes a backup of library, conversations and settings while all else goes on; no key. It is stopped like a question.
    /// The last event is `Finished`.
    pub async fn back_up(&self, request: BackupRequest, on_event: impl Fn(BackupEvent) + Send + Sync) {
        let stoppable = self.requests.begin(request.id);
        let token = stoppable.token();
        let (library, directory) = (Arc::clone(&self.library), self.configuration().directory);
        let work = move |told: &Told| -> Result<_, ApiError> {
            let settings = File::read(&directory)?.without_secrets().text();
            let written = library
                .own()?
                .back_up(&absolute(&request.file), &settings, &|copying| told.goes_on(copying))?;
            Ok(written.map(|bytes| BackupOutcome::Written { bytes }))
        };
        run(token, work, on_event).await;
    }

    /// Puts a backup in the place of the library and its settings, once it is known to be whole. Waits for its turn where a job
    /// is under way. It is stopped like a question, until it is being put in place. The last event is `Finished`.
    pub async fn restore(
        self: &Arc<Self>,
        request: BackupRequest,
        on_event: impl Fn(BackupEvent) + Send + Sync,
    ) {
        let stoppable = self.requests.begin(request.id);
        let token = stoppable.token();
        let turn = self.jobs.turn().await;
        let engine = Arc::clone(self);
        let work = move |told: &Told| -> Result<_, ApiError> {
            let _turn = turn;
            engine.library.own()?.release();
            let restored = put_in_place(&engine.configuration().directory, &request.file, told)?;
            if restored.is_some() {
                engine.read_settings_again()?;
            }
            Ok(restored)
        };
        run(token, work, on_event).await;
    }
}

/// Puts a backup in the place of the library in a directory, which may be there or not, or be damaged. The last event is
/// `Finished`.
pub async fn restore(
    directory: PathBuf,
    request: BackupRequest,
    on_event: impl Fn(BackupEvent) + Send + Sync,
) {
    let work = move |told: &Told| put_in_place(&directory, &request.file, told);
    run(CancellationToken::new(), work, on_event).await;
}

/// Blocks.
fn put_in_place(directory: &Path, file: &Path, told: &Told) -> Result<Option<BackupOutcome>, ApiError> {
    let restored = library::restore(directory, &absolute(file), &|copying| told.goes_on(copying))?;
    let Some(restored) = restored else { return Ok(None) };
    File::parse(directory, &restored.settings)?.write(directory)?;
    told.tell(BackupStage::Indexing, 0, 0);
    let indexed =
        Library::open(directory).and_then(|library| library.save_index(&|| told.token.is_cancelled()));
    if let Err(error) = indexed {
        tracing::warn!(%error, "the restored library is whole, but its indexes are left to the next time it is opened");
    }
    Ok(Some(BackupOutcome::Restored { made_at: restored.made_at }))
}

fn absolute(file: &Path) -> PathBuf {
    std::path::absolute(file).unwrap_or_else(|_| file.to_owned())
}

/// How far the work of a thread has come, for the task that tells a shell.
struct Told {
    latest: Mutex<Option<(Instant, BackupStage)>>,
    events: Sender<BackupEvent>,
    token: CancellationToken,
}

impl Told {
    fn goes_on(&self, Copying { stage, done, total }: Copying) -> bool {
        let stage = match stage {
            CopyingStage::Copying => BackupStage::Copying,
            CopyingStage::Checking => BackupStage::Checking,
            CopyingStage::Sealing => BackupStage::Sealing,
            CopyingStage::Replacing => BackupStage::Replacing,
        };
        self.tell(stage, done, total);
        !self.token.is_cancelled()
    }

    fn tell(&self, stage: BackupStage, done: u64, total: u64) {
        let mut latest = self.latest.lock().unwrap_or_else(PoisonError::into_inner);
        let is_due = latest.is_none_or(|(at, of)| of != stage || at.elapsed() >= PROGRESS_EVERY);
        if is_due || done == total {
            *latest = Some((Instant::now(), stage));
            // Nobody listens any more where the shell has gone.
            let _ = self.events.blocking_send(BackupEvent::Progress { stage, done, total });
        }
    }
}

/// Runs work of a thread and tells of it. `None` is what was stopped.
async fn run(
    token: CancellationToken,
    work: impl FnOnce(&Told) -> Result<Option<BackupOutcome>, ApiError> + Send + 'static,
    on_event: impl Fn(BackupEvent) + Send + Sync,
) {
    let working = move |events| work(&Told { latest: Mutex::default(), events, token });
    let outcome = match off_thread_telling(working, &on_event).await {
        Ok(Some(outcome)) => outcome,
        Ok(None) => BackupOutcome::Stopped,
        Err(error) => BackupOutcome::Failed { error },
    };
    on_event(BackupEvent::Finished { outcome });
}
