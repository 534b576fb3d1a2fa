//! What Footnote is opened with: by "Open with" of a file manager, on a command line, by a link, by a second start.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tauri::{AppHandle, Emitter, Manager, RunEvent};

/// Tells the window that there is something to take.
const EVENT: &str = "opened";

/// What the links of Footnote begin with. The engine sees to the rest of one.
const LINK: &str = "footnote:";

/// What waits for the window to take it.
#[derive(Default)]
pub struct Opened(Mutex<Waiting>);

#[derive(Debug, Default, PartialEq, Eq)]
struct Waiting {
    /// Files and folders.
    paths: Vec<PathBuf>,
    /// The last one: there is one page to show.
    link: Option<String>,
}

impl Opened {
    /// What came with this start.
    pub fn by_this_start() -> Self {
        let here = std::env::current_dir().unwrap_or_default();
        Self(Mutex::new(Waiting::of(std::env::args_os().skip(1), &here)))
    }

    /// Hands over the files and folders, once.
    pub fn take_paths(&self) -> Vec<PathBuf> {
        std::mem::take(&mut self.waiting().paths)
    }

    /// Hands over the link, once.
    pub fn take_link(&self) -> Option<String> {
        self.waiting().link.take()
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Waiting {
    /// Of arguments: links, and paths where something is there.
    fn of(arguments: impl Iterator<Item = OsString>, directory: &Path) -> Self {
        let mut waiting = Self::default();
        for argument in arguments {
            match argument.to_str().filter(|argument| argument.starts_with(LINK)) {
                Some(link) => waiting.link = Some(link.to_owned()),
                None => waiting.paths.push(directory.join(argument)),
            }
        }
        waiting.paths.retain(|path| path.exists());
        waiting
    }
}

/// Another start has ended in favour of this window, which comes to the front with what was to be opened.
pub fn by_another_start(app: &AppHandle, arguments: Vec<String>, directory: &str) {
    let arguments = arguments.into_iter().skip(1).map(OsString::from);
    add(app, Waiting::of(arguments, Path::new(directory)));
    let Some(window) = app.get_webview_window("main") else { return };
    // A window system may refuse: then the person looks for the window as before.
    drop(window.unminimize());
    drop(window.set_focus());
}

/// Some systems hand files and links over by an event, not by arguments.
#[cfg(target_os = "macos")]
pub fn by_event(app: &AppHandle, event: RunEvent) {
    if let RunEvent::Opened { urls } = event {
        let link = urls.iter().rfind(|url| url.as_str().starts_with(LINK)).map(ToString::to_string);
        add(app, Waiting { paths: urls.iter().filter_map(|url| url.to_file_path().ok()).collect(), link });
    }
}

/// Here they come by arguments alone.
#[cfg(not(target_os = "macos"))]
pub fn by_event(_: &AppHandle, _: RunEvent) {}

/// Keeps it until the window takes it, and tells the window.
fn add(app: &AppHandle, new: Waiting) {
    if new == Waiting::default() {
        return;
    }
    let opened = app.state::<Opened>();
    let mut waiting = opened.waiting();
    waiting.paths.extend(new.paths);
    waiting.link = new.link.or(waiting.link.take());
    drop(waiting);
    // A window that is not there yet asks by itself.
    drop(app.emit(EVENT, ()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn waiting(arguments: &[&str], directory: &str) -> Waiting {
        Waiting::of(arguments.iter().map(OsString::from), Path::new(directory))
    }

    #[test]
    fn arguments_are_links_or_paths_where_something_is_there() {
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let link = "footnote:///home/anna/a.pdf?page=3";
        let found = waiting(&["src", "--flag", link, "no such file"], env!("CARGO_MANIFEST_DIR"));
        assert_eq!(found, Waiting { paths: vec![here.join("src")], link: Some(link.to_owned()) });
        let absolute = here.join("Cargo.toml");
        assert_eq!(waiting(&[absolute.to_str().unwrap()], "/").paths, [absolute]);
    }
}
