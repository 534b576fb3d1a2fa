//! What Footnote is opened with: by "Open with" of a file manager, on a command line, by a second start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use tauri::{AppHandle, Emitter, Manager, RunEvent};

/// Tells the window that there are paths to take.
const EVENT: &str = "opened";

/// Files and folders that wait for the window to take them.
#[derive(Default)]
pub struct OpenedPaths(Mutex<Vec<PathBuf>>);

impl OpenedPaths {
    /// The ones of this start.
    pub fn of_this_start() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        Self(Mutex::new(existing(std::env::args_os().skip(1), &here)))
    }

    /// Hands over all of them, once.
    pub fn take(&self) -> Vec<PathBuf> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Another start has ended in favour of this window, which comes to the front with what was to be opened.
pub fn by_another_start(app: &AppHandle, arguments: Vec<String>, directory: &str) {
    let arguments = arguments.into_iter().skip(1).map(OsString::from);
    add(app, existing(arguments, Path::new(directory)));
    let Some(window) = app.get_webview_window("main") else { return };
    // A window system may refuse: then the person looks for the window as before.
    drop(window.unminimize());
    drop(window.set_focus());
}

/// Some systems hand files over by an event, not by arguments.
#[cfg(target_os = "macos")]
pub fn by_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Opened { urls } = event {
        add(app, urls.iter().filter_map(|url| url.to_file_path().ok()).collect());
    }
}

/// Here files come by arguments alone.
#[cfg(not(target_os = "macos"))]
pub fn by_event(_: &AppHandle, _: RunEvent) {}

/// Keeps the paths until the window takes them, and tells it.
fn add(app: &AppHandle, paths: Vec<PathBuf>) {
    if paths.is_empty() {
        return;
    }
    app.state::<OpenedPaths>().0.lock().unwrap_or_else(PoisonError::into_inner).extend(paths);
    // A window that is not there yet asks by itself.
    drop(app.emit(EVENT, ()));
}

fn existing(arguments: impl Iterator<Item = OsString>, directory: &Path) -> Vec<PathBuf> {
    arguments.map(|argument| directory.join(argument)).filter(|path| path.exists()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_paths_where_something_is_there() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let arguments = ["src", "--flag", "no such file"].map(OsString::from);
        assert_eq!(existing(arguments.into_iter(), here), [here.join("src")]);
        let absolute = here.join("Cargo.toml");
        assert_eq!(existing([OsString::from(&absolute)].into_iter(), Path::new("/")), [absolute]);
    }
}
