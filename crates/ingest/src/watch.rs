//! Tells which of the remembered folders and files have changed on the disk.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::Metadata;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use libraries::Library;
use library::Exclusions;
use notify_debouncer_full::notify::{Config, ErrorKind, EventKind, RecommendedWatcher, RecursiveMode};
use notify_debouncer_full::{DebounceEventResult, Debouncer, NoCache, new_debouncer_opt};
use tokio::sync::mpsc::{Receiver, Sender, channel};
use tokio::time::{MissedTickBehavior, interval, timeout};

use crate::IngestError;
use crate::job::blocking;
use crate::roots::Roots;
use crate::rules::is_of_no_document;

/// A program that saves a file writes it in steps, and a file that is moved goes in one folder and comes in another.
const QUIET: Duration = Duration::from_millis(700);
/// While files keep changing, those that have are not left waiting longer.
const AT_MOST: Duration = Duration::from_secs(10);
/// No event tells that a drive is connected or gone, or that a folder is remembered.
const LOOK_EVERY: Duration = Duration::from_secs(2);
/// How often a folder counts as changed that the system does not watch. To compare ten thousand files takes half a second.
const POLL_EVERY: Duration = Duration::from_secs(60);

/// Where more changes wait to be taken, all that is watched is compared.
const WAITING: usize = 4096;

/// Watches what the library remembers, as long as it lives.
pub struct Watch {
    library: Arc<Library>,
    watched: Arc<Mutex<Watched>>,
    told: Receiver<Told>,
    /// Whether more was told than can wait.
    overflowed: Arc<AtomicBool>,
    ticks: tokio::time::Interval,
}

/// What the system tells.
enum Told {
    Changed(PathBuf),
    /// Events were lost.
    Lost,
    /// Not all in these folders is watched.
    Unwatched(Vec<PathBuf>),
}

#[derive(Default)]
struct Watched {
    /// None where the system has no watch at all.
    system: Option<Debouncer<RecommendedWatcher, NoCache>>,
    roots: BTreeMap<PathBuf, Root>,
    exclusions: Exclusions,
    /// Those that have changed since they were last returned.
    changed: BTreeSet<PathBuf>,
}

struct Root {
    seen: Option<Seen>,
    /// When it last counted as changed, where the system does not watch it.
    polled: Option<Instant>,
}

/// What a root is recognised by: another drive at its place is another folder, and a file is what was last written.
#[derive(PartialEq, Eq)]
struct Seen {
    identity: (u64, u64),
    written: Option<(u64, Option<SystemTime>)>,
}

impl Watch {
    /// Begins with nothing watched: the first [`Watch::look`] does that.
    #[must_use]
    pub fn of(library: Arc<Library>) -> Self {
        let (tell, told) = channel(WAITING);
        let overflowed = Arc::new(AtomicBool::new(false));
        let overflows = Arc::clone(&overflowed);
        let system = new_debouncer_opt(
            QUIET,
            None,
            move |events| tell_all(&tell, &overflows, events),
            NoCache::new(),
            Config::default().with_follow_symlinks(false),
        );
        let watched = Watched { system: system.ok(), ..Watched::default() };
        let mut ticks = interval(LOOK_EVERY);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { library, watched: Arc::new(Mutex::new(watched)), told, overflowed, ticks }
    }

    /// Watches what is remembered now.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn look(&self) -> Result<(), IngestError> {
        let (library, watched) = (Arc::clone(&self.library), Arc::clone(&self.watched));
        blocking(move || {
            let Roots { roots, exclusions, .. } = Roots::remembered(&library, None)?;
            let mut watched = watched.lock().unwrap_or_else(PoisonError::into_inner);
            watched.exclusions = exclusions;
            watched.look(roots.into_iter().map(|root| root.path).collect());
            Ok(())
        })
        .await
    }

    /// Waits until some of the remembered folders and files have changed, and returns these. What changes in short order
    /// comes together. Nothing is lost where nobody waits for it to the end.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn changed(&mut self) -> Result<Vec<PathBuf>, IngestError> {
        loop {
            tokio::select! {
                Some(told) = self.told.recv() => {
                    self.take(told);
                    let since = Instant::now();
                    while since.elapsed() < AT_MOST
                        && let Ok(Some(told)) = timeout(QUIET, self.told.recv()).await
                    {
                        self.take(told);
                    }
                }
                _ = self.ticks.tick() => {}
            }
            if self.overflowed.swap(false, Relaxed) {
                self.watched().lose();
            }
            self.look().await?;
            let changed = std::mem::take(&mut self.watched().changed);
            if !changed.is_empty() {
                return Ok(changed.into_iter().collect());
            }
        }
    }

    /// The folders that the system does not watch; they count as changed now and then.
    #[must_use]
    pub fn polled(&self) -> Vec<PathBuf> {
        let watched = self.watched();
        let polled = watched.roots.iter().filter(|(_, root)| root.polled.is_some());
        polled.map(|(path, _)| path.clone()).collect()
    }

    fn watched(&self) -> MutexGuard<'_, Watched> {
        self.watched.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn take(&self, told: Told) {
        let mut watched = self.watched();
        match told {
            Told::Changed(path) => watched.take(&path),
            Told::Lost => watched.lose(),
            Told::Unwatched(paths) => watched.poll(&paths),
        }
    }
}

fn tell_all(tell: &Sender<Told>, overflows: &AtomicBool, events: DebounceEventResult) {
    // A watch that is gone needs no word.
    let tell = |told| {
        if tell.try_send(told).is_err() {
            overflows.store(true, Relaxed);
        }
    };
    match events {
        Ok(events) => {
            for event in events.into_iter().map(|event| event.event) {
                if event.need_rescan() {
                    tell(Told::Lost);
                } else if !matches!(event.kind, EventKind::Access(_)) {
                    event.paths.into_iter().for_each(|path| tell(Told::Changed(path)));
                }
            }
        }
        Err(errors) => {
            for error in errors {
                let is_of_limit = matches!(error.kind, ErrorKind::MaxFilesWatch);
                tell(if is_of_limit { Told::Unwatched(error.paths) } else { Told::Lost });
            }
        }
    }
}

impl Watched {
    fn take(&mut self, path: &Path) {
        let Some(root) = self.roots.keys().rfind(|root| path.starts_with(root)) else { return };
        let is_of_documents = path.strip_prefix(root).is_ok_and(|inner| !is_of_no_document(inner));
        if is_of_documents && self.exclusions.let_through(root, path) {
            self.changed.insert(root.clone());
        }
    }

    /// Anything may have changed.
    fn lose(&mut self) {
        self.changed.extend(self.roots.keys().cloned());
    }

    /// Has the system watch these from now on, and nothing else. What is new has not changed.
    fn look(&mut self, remembered: BTreeSet<PathBuf>) {
        let gone: Vec<_> = self.roots.keys().filter(|root| !remembered.contains(*root)).cloned().collect();
        for root in &gone {
            self.unwatch(root);
            self.roots.remove(root);
            self.changed.remove(root);
        }
        for path in remembered {
            let seen = path.metadata().ok().map(|metadata| Seen::of(&metadata));
            if let Some(root) = self.roots.get_mut(&path) {
                if root.polled.is_some_and(|last| last.elapsed() >= POLL_EVERY) {
                    root.polled = Some(Instant::now());
                    self.changed.insert(path.clone());
                }
                if root.seen == seen {
                    continue;
                }
                self.changed.insert(path.clone());
                self.unwatch(&path);
            }
            let is_folder = seen.as_ref().is_some_and(|seen| seen.written.is_none());
            let polled = (is_folder && !self.watch(&path)).then(Instant::now);
            self.roots.insert(path, Root { seen, polled });
        }
    }

    fn watch(&mut self, folder: &Path) -> bool {
        let Some(system) = &mut self.system else { return false };
        let watched = system.watch(folder, RecursiveMode::Recursive);
        if watched.is_err() {
            // What it has of this folder is free for others.
            self.unwatch(folder);
        }
        watched.is_ok()
    }

    fn unwatch(&mut self, folder: &Path) {
        if let Some(system) = &mut self.system {
            // A folder that is gone is watched no more.
            drop(system.unwatch(folder));
        }
    }

    /// Looks itself at the folders that these lie in, or at all where nothing is known of them.
    fn poll(&mut self, unwatched: &[PathBuf]) {
        let lies_in =
            |root: &Path| unwatched.is_empty() || unwatched.iter().any(|path| path.starts_with(root));
        let roots: Vec<_> = self.roots.keys().filter(|root| lies_in(root)).cloned().collect();
        for path in roots {
            self.unwatch(&path);
            if let Some(root) = self.roots.get_mut(&path) {
                root.polled = Some(Instant::now());
            }
            self.changed.insert(path);
        }
    }
}

impl Seen {
    fn of(metadata: &Metadata) -> Self {
        let written = metadata.is_file().then(|| (metadata.len(), metadata.modified().ok()));
        Self { identity: identity(metadata), written }
    }
}

#[cfg(unix)]
fn identity(metadata: &Metadata) -> (u64, u64) {
    use std::os::unix::fs::MetadataExt as _;
    (metadata.dev(), metadata.ino())
}

/// Windows does not number files without opening them, which would keep a drive from being disconnected.
#[cfg(not(unix))]
fn identity(metadata: &Metadata) -> (u64, u64) {
    let created = metadata.created().ok().and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    (0, created.map_or(0, |time| time.as_nanos() as u64))
}
