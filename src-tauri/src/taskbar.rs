//! How far indexing is, shown where the platform's taskbar or dock can.

use engine::api::{IndexEvent, IndexProgress, IndexStage};
use tauri::window::{ProgressBarState, ProgressBarStatus};
use tauri::{AppHandle, Manager, WebviewWindow};

/// Shows an event of indexing. A platform without such a bar has nothing to show, and that is no failure.
pub fn show(app: &AppHandle, event: &IndexEvent) {
    let Some(window) = app.get_webview_window("main") else { return };
    match event {
        IndexEvent::Progress { progress } => {
            let status = if progress.paused { ProgressBarStatus::Paused } else { ProgressBarStatus::Normal };
            set(&window, status, percent(progress));
        }
        IndexEvent::Finished { .. } => set(&window, ProgressBarStatus::None, None),
    }
}

fn set(window: &WebviewWindow, status: ProgressBarStatus, progress: Option<u64>) {
    drop(window.set_progress_bar(ProgressBarState { status: Some(status), progress }));
}

fn percent(progress: &IndexProgress) -> Option<u64> {
    let (done, total) = match progress.stage {
        // How much there is, is not known yet.
        IndexStage::Walking => return None,
        IndexStage::Recognising => (progress.pages_recognised, progress.pages_to_recognise),
        IndexStage::Embedding => (progress.chunks_done, progress.chunks_total),
        _ => (progress.files_done, progress.files_total),
    };
    u64::from(done).checked_mul(100)?.checked_div(u64::from(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_of_what_the_stage_counts() {
        let counts = IndexProgress {
            files_total: 4,
            files_done: 1,
            pages_to_recognise: 20,
            pages_recognised: 1,
            chunks_total: 10,
            chunks_done: 9,
            ..IndexProgress::default()
        };
        assert_eq!(percent(&IndexProgress { stage: IndexStage::Reading, ..counts.clone() }), Some(25));
        assert_eq!(percent(&IndexProgress { stage: IndexStage::Recognising, ..counts.clone() }), Some(5));
        assert_eq!(percent(&IndexProgress { stage: IndexStage::Embedding, ..counts.clone() }), Some(90));
        assert_eq!(percent(&IndexProgress { stage: IndexStage::Walking, ..counts }), None);
        assert_eq!(percent(&IndexProgress::default()), None);
    }
}
