//! Looking a library through for what is wrong with it, and mending that.

use std::path::PathBuf;

use tokio::sync::mpsc::Sender;

use crate::Engine;
use crate::api::{ExaminationEvent, ExaminationOutcome, Examining};
use crate::off_thread::off_thread_telling;

impl Engine {
    /// Looks the library through and mends what is wrong with it. Waits for its turn where a job is under way. The last event is
    /// `Finished`.
    pub async fn examine(&self, on_event: impl Fn(ExaminationEvent) + Send + Sync) {
        let _turn = self.jobs.turn().await;
        match self.library.own() {
            Ok(own) => own.release(),
            Err(error) => {
                let outcome = ExaminationOutcome::Failed { error: error.into() };
                return on_event(ExaminationEvent::Finished { outcome });
            }
        }
        examine(self.configuration().directory, on_event).await;
    }
}

/// Looks the library in a directory through, which need not open, and mends what is wrong with it. The last event is `Finished`.
pub async fn examine(directory: PathBuf, on_event: impl Fn(ExaminationEvent) + Send + Sync) {
    let working = move |steps: Sender<library::Examining>| {
        library::examine(&directory, &|step| {
            // Nobody listens any more where the shell has gone.
            let _ = steps.blocking_send(step);
        })
    };
    let tell = |step| on_event(ExaminationEvent::Progress { step: examining(step) });
    let outcome = match off_thread_telling(working, tell).await {
        Ok(mended) => ExaminationOutcome::Examined { mended },
        Err(error) => ExaminationOutcome::Failed { error },
    };
    on_event(ExaminationEvent::Finished { outcome });
}

fn examining(step: library::Examining) -> Examining {
    match step {
        library::Examining::Pages => Examining::Pages,
        library::Examining::Rows => Examining::Rows,
        library::Examining::Indexes => Examining::Indexes,
    }
}
