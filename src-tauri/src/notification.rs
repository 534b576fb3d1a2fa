//! What the system tells the person at the end of long work, when they have turned to something else.

use std::time::Duration;

use engine::api::IndexEvent;
use engine::wording;
use tauri::{AppHandle, Manager, UserAttentionType};
use tauri_plugin_notification::NotificationExt as _;

/// Work that took longer than this: the person will have turned to something else.
const LONG: Duration = Duration::from_secs(60);

/// Tells of the end of indexing where it was long and the window is not looked at. A system that shows no
/// notifications shows none, and that is no failure.
pub fn show(app: &AppHandle, event: &IndexEvent) {
    let IndexEvent::Finished { summary } = event else { return };
    let Some(window) = app.get_webview_window("main") else { return };
    if summary.seconds < LONG.as_secs_f64() || window.is_focused().unwrap_or(true) {
        return;
    }
    drop(window.request_user_attention(Some(UserAttentionType::Informational)));
    let Some((title, body)) = wording::ended(summary) else { return };
    if let Err(error) = app.notification().builder().title(title).body(body).show() {
        tracing::debug!(%error, "the notification was not shown");
    }
}
