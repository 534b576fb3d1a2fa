//! Where models are, and their files.

use std::borrow::Cow;
use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::{InferenceError, Manifest};

/// A folder of models, in the place of all others.
const VARIABLE: &str = "FOOTNOTE_MODELS";

/// Where the models that come with the app are, below the executable's folder: beside it, and where packages of macOS
/// and of Linux put resources.
const BESIDE: [&str; 3] = ["models", "../Resources/models", "../lib/Footnote/models"];

const MANIFEST: &str = "model.json";

/// A model's folder.
#[derive(Debug, Clone)]
pub struct ModelFolder {
    path: PathBuf,
    manifest: Manifest,
}

/// The model in a folder of this name, in the first place that has one. Its files are checked when it is loaded.
#[must_use]
pub fn find(folder: &str) -> Option<ModelFolder> {
    places().iter().find_map(|place| ModelFolder::open(&place.join(folder)).ok())
}

/// All models that are there; of those with the same folder's name the first.
#[must_use]
pub fn installed() -> Vec<ModelFolder> {
    let mut found: Vec<ModelFolder> = Vec::new();
    for entry in places().iter().filter_map(|place| fs::read_dir(place).ok()).flatten().flatten() {
        let is_new = found.iter().all(|model| model.path.file_name() != Some(&entry.file_name()));
        // One that is being installed.
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        found.extend((is_new && !is_hidden).then(|| ModelFolder::open(&entry.path()).ok()).flatten());
    }
    found.sort_by(|one, other| one.path.file_name().cmp(&other.path.file_name()));
    found
}

/// Where models belong that do not come with the app. `None` where the system names no place for a program's data.
#[must_use]
pub fn own_place() -> Option<PathBuf> {
    let own = || directories::ProjectDirs::from("", "", "Footnote").map(|own| own.data_dir().join("models"));
    env::var_os(VARIABLE).map(PathBuf::from).or_else(own)
}

fn places() -> Vec<PathBuf> {
    if env::var_os(VARIABLE).is_some() {
        return own_place().into_iter().collect();
    }
    let program = env::current_exe().ok();
    let shipped =
        program.as_deref().and_then(Path::parent).map(|folder| BESIDE.map(|place| folder.join(place)));
    shipped.into_iter().flatten().chain(own_place()).collect()
}

impl ModelFolder {
    /// Reads its manifest and looks whether its files are there.
    ///
    /// # Errors
    /// There is no manifest that this version knows, or a file that it names is missing.
    pub fn open(path: &Path) -> Result<Self, InferenceError> {
        let unreadable = |path: PathBuf| |source: io::Error| InferenceError::Unreadable { path, source };
        let file = path.join(MANIFEST);
        let text = fs::read(&file).map_err(unreadable(file.clone()))?;
        let manifest: Manifest = serde_json::from_slice(&text)
            .map_err(|source| InferenceError::Manifest { path: file, source })?;
        for file in manifest.files.keys().map(|name| path.join(name)) {
            fs::metadata(&file).map_err(unreadable(file.clone()))?;
        }
        Ok(Self { path: path.to_owned(), manifest })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The name of the folder, which the model is called by.
    #[must_use]
    pub fn id(&self) -> Cow<'_, str> {
        self.path.file_name().unwrap_or_default().to_string_lossy()
    }

    /// How long its files are together, in bytes.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        let files = self.manifest.files.keys().filter_map(|name| fs::metadata(self.path.join(name)).ok());
        files.map(|file| file.len()).sum()
    }

    /// What it says of itself.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Compares its files with their checksums, as loading the model does.
    ///
    /// # Errors
    /// One is missing or damaged.
    pub fn verify(&self) -> Result<(), InferenceError> {
        self.manifest.files.keys().try_for_each(|name| self.read(name).map(drop))
    }

    /// The bytes of one of its files, which are those that it was published with.
    pub(crate) fn read(&self, name: &str) -> Result<Vec<u8>, InferenceError> {
        let path = self.path.join(name);
        let bytes =
            fs::read(&path).map_err(|source| InferenceError::Unreadable { path: path.clone(), source })?;
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        if self.manifest.files.get(name) != Some(&digest) {
            return Err(InferenceError::Damaged(path));
        }
        Ok(bytes)
    }
}
