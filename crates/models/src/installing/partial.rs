//! A model that is not installed yet: the files that have come so far.

use std::collections::BTreeMap;
use std::fs::{self, File, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use inference::{
    EntailmentModel, InferenceError, Manifest, ModelFolder, RelevanceModel, SentenceVectors, Task, Urgency,
};
use sha2::Sha256;

use super::fetching::digest;
use super::{InstallError, at, remove_folder};

/// Held as long as a model is being installed.
const LOCK: &str = "installing.lock";
const DESCRIPTION: &str = "model.json";

/// A folder beside those of models, which nobody else writes as long as this is there.
pub(super) struct Partial {
    id: String,
    path: PathBuf,
    installed: PathBuf,
    lock: File,
}

impl Partial {
    pub(super) fn open(place: &Path, id: &str) -> Result<Self, InstallError> {
        let path = folder(place, id);
        fs::create_dir_all(&path).map_err(at(&path))?;
        let lock = path.join(LOCK);
        let file = File::create(&lock).map_err(at(&lock))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { id: id.to_owned(), path, installed: place.join(id), lock: file }),
            Err(TryLockError::WouldBlock) => Err(InstallError::Busy(id.to_owned())),
            Err(TryLockError::Error(source)) => Err(at(&lock)(source)),
        }
    }

    /// Whether anything has come of a model.
    pub(super) fn exists(place: &Path, id: &str) -> bool {
        // A name that leads to another folder is none.
        Path::new(id).file_name().is_some_and(|name| name == id) && folder(place, id).is_dir()
    }

    /// Throws away what has come of a model.
    pub(super) fn discard(place: &Path, id: &str) -> Result<(), InstallError> {
        if Self::exists(place, id) {
            drop(Self::open(place, id)?);
            remove_folder(&folder(place, id))?;
        }
        Ok(())
    }

    /// How many bytes have come.
    pub(super) fn bytes(place: &Path, id: &str) -> u64 {
        bytes_below(&folder(place, id))
    }

    pub(super) fn id(&self) -> &str {
        &self.id
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn copy(&self, from: &Path, file: &str) -> Result<(), InstallError> {
        let to = self.path.join(file);
        let folder = to.parent().unwrap_or(&self.path);
        fs::create_dir_all(folder).map_err(at(folder))?;
        fs::copy(from, &to).map(drop).map_err(at(from))
    }

    /// Moves these files to their places, and removes all others.
    pub(super) fn keep_only(&self, files: &[(&str, &str)]) -> Result<(), InstallError> {
        for (from, to) in files {
            let from = self.path.join(from);
            fs::rename(&from, self.path.join(to)).map_err(at(&from))?;
        }
        for entry in fs::read_dir(&self.path).map_err(at(&self.path))?.flatten() {
            let (name, path) = (entry.file_name(), entry.path());
            if path.is_dir() {
                remove_folder(&path)?;
            } else if name != LOCK && files.iter().all(|(_, kept)| name != *kept) {
                fs::remove_file(&path).map_err(at(&path))?;
            }
        }
        Ok(())
    }

    /// The SHA-256 of files by their new names, as a manifest has them.
    pub(super) fn digests(&self, files: &[(&str, &str)]) -> Result<BTreeMap<String, String>, InstallError> {
        let digest =
            |(_, file): &(&str, &str)| Ok(((*file).to_owned(), digest::<Sha256>(&self.path.join(file), "")?));
        files.iter().map(digest).collect()
    }

    pub(super) fn describe(&self, manifest: &Manifest) -> Result<(), InstallError> {
        let path = self.path.join(DESCRIPTION);
        let written = serde_json::to_vec_pretty(manifest).map_err(io::Error::from);
        written.and_then(|text| fs::write(&path, text)).map_err(at(&path))
    }

    /// Runs the model once when `complete` has made the folder one, and puts it where models are looked for. What does
    /// not work is thrown away.
    pub(super) fn finish(
        self,
        complete: impl FnOnce(&Self) -> Result<(), InstallError>,
    ) -> Result<(), InstallError> {
        let completed = complete(&self)
            .and_then(|()| ModelFolder::open(&self.path).and_then(run_once).map_err(InstallError::Unusable));
        let Self { path, installed, lock, .. } = self;
        // Windows moves no folder with an open file in it.
        drop(lock);
        if completed.is_err() {
            remove_folder(&path)?;
            return completed;
        }
        let lock = path.join(LOCK);
        fs::remove_file(&lock).map_err(at(&lock))?;
        remove_folder(&installed)?;
        fs::rename(&path, &installed).map_err(at(&installed))
    }
}

fn folder(place: &Path, id: &str) -> PathBuf {
    place.join(format!(".{id}.partial"))
}

fn run_once(folder: ModelFolder) -> Result<(), InferenceError> {
    let never = || false;
    match folder.manifest().task.clone() {
        Task::SentenceVectors { .. } => {
            let model = SentenceVectors::new(folder)?;
            model.embed(&["A text to try it with."], Urgency::Question, &never).map(drop)
        }
        Task::Relevance { .. } => {
            RelevanceModel::new(folder)?.relevances("A question?", &["A text."], &never).map(drop)
        }
        Task::Entailment { .. } => {
            EntailmentModel::new(folder)?.judge("A text.", "A text.", &never).map(drop)
        }
        Task::TextRecognition => folder.verify(),
    }
}

fn bytes_below(folder: &Path) -> u64 {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let bytes = |path: PathBuf| match fs::metadata(&path) {
        Ok(found) if found.is_dir() => bytes_below(&path),
        Ok(found) => found.len(),
        Err(_) => 0,
    };
    entries.map(|entry| bytes(entry.path())).sum()
}
