//! Models that a person has on their computer besides what comes with Footnote.
//!
//! A model is fetched from a hub, or copied out of a folder. What it does and how is read off its own files; it is run
//! once, and nothing counts as installed that does not work.

mod description;
mod error;
mod fetching;
mod offers;
mod partial;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use endpoint::{Hub, HubFile, HubModel};
use inference::{Manifest, ModelFolder, Task};

use description::{CONFIG, MODULES, POOLING, PROMPTS, SENTENCES, TOKENS};
pub use error::InstallError;
use fetching::fetch;
pub use offers::{OFFERS, Offer};
use partial::Partial;

use crate::local::SHIPPED;

/// The network of a model: where hubs have it, and what it is called here.
const NETWORK: (&str, &str) = ("onnx/model.onnx", "model.onnx");
const TOKENIZER: &str = "tokenizer.json";

/// What is taken of a model and without which it is none.
const NEEDED: [&str; 3] = [CONFIG, TOKENIZER, NETWORK.0];
/// What is taken where a model has it.
const WANTED: [&str; 5] = [POOLING, MODULES, SENTENCES, TOKENS, PROMPTS];

/// What a model on this computer is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// To make vectors of texts.
    Embed,
    /// To put passages in order.
    Rerank,
    /// To judge sentences by what they cite.
    Judge,
    /// To read pages that are pictures.
    ReadPages,
}

impl From<&Task> for Purpose {
    fn from(task: &Task) -> Self {
        match task {
            Task::SentenceVectors { .. } => Self::Embed,
            Task::Relevance { .. } => Self::Rerank,
            Task::Entailment { .. } => Self::Judge,
            Task::TextRecognition => Self::ReadPages,
        }
    }
}

/// A model on this computer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PresentModel {
    /// What it is called by: the name of its folder.
    pub id: String,
    /// What it says of itself.
    pub manifest: Manifest,
    /// How long its files are, in bytes.
    pub bytes: u64,
    /// Whether it came with Footnote; else it was installed and can be removed.
    pub is_built_in: bool,
}

/// The models on this computer, in the order of their names.
#[must_use]
pub fn present_models() -> Vec<PresentModel> {
    let own = inference::own_place();
    let model = |folder: ModelFolder| PresentModel {
        id: folder.id().into_owned(),
        manifest: folder.manifest().clone(),
        bytes: folder.bytes(),
        is_built_in: folder.id() == SHIPPED || folder.path().parent() != own.as_deref(),
    };
    inference::installed().into_iter().map(model).collect()
}

/// How much of a model has been fetched, in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fetched {
    /// So far, in earlier attempts too.
    pub bytes: u64,
    /// All that there is to fetch.
    pub total: u64,
}

/// Installs models in a folder, and takes them out of it.
#[derive(Debug, Clone)]
pub struct Installer {
    place: PathBuf,
}

impl Installer {
    /// Where models are looked for that do not come with Footnote.
    ///
    /// # Errors
    /// The system names no folder for a program's data.
    pub fn own() -> Result<Self, InstallError> {
        inference::own_place().map(Self::at).ok_or(InstallError::NoPlace)
    }

    /// In this folder, which is made when it is needed.
    #[must_use]
    pub fn at(place: PathBuf) -> Self {
        Self { place }
    }

    /// Fetches a model from a hub, and installs it. What an earlier attempt has fetched is not fetched again. To stop it,
    /// drop the future; `told` hears how far it is.
    ///
    /// # Errors
    /// The hub fails or lies about a file, the folder cannot be written, another process installs the same model, or the
    /// model does not work. What is wrong is thrown away.
    pub async fn install(
        &self,
        hub: &Hub,
        offer: &'static Offer,
        told: impl Fn(Fetched) + Send + Sync,
    ) -> Result<(), InstallError> {
        let partial = Partial::open(&self.place, offer.id)?;
        let failed = |source| InstallError::Hub { host: hub.host().to_owned(), source };
        let model = hub.model(offer.name).await.map_err(failed)?;
        let files = files(&model, hub.host())?;
        let total = files.iter().map(|file| file.bytes).sum();
        let mut before = 0;
        for file in files {
            let on_bytes = |bytes| told(Fetched { bytes: before + bytes, total });
            fetch(hub, &model, file, partial.path(), &on_bytes).await?;
            before += file.bytes;
        }
        off_thread(move || partial.finish(|partial| describe(partial, Some(offer)))).await
    }

    /// Installs the model of a folder: files as a hub has them, or as another Footnote keeps them, with a `model.json`
    /// whose checksums must be right. Returns what it is called by from then on: the folder's name in small letters.
    ///
    /// # Errors
    /// A file is missing or damaged, the model does not work, or the place of models cannot be written.
    pub fn import(&self, folder: &Path) -> Result<String, InstallError> {
        let named = folder.canonicalize().map_err(at(folder))?;
        let name = named.file_name().map(|name| name.to_string_lossy().to_lowercase());
        let id = name.unwrap_or_default().trim_start_matches('.').to_owned();
        let id = if id.is_empty() { "model".to_owned() } else { id };
        Partial::discard(&self.place, &id)?;
        Partial::open(&self.place, &id)?.finish(|partial| copy_in(&named, partial))?;
        Ok(id)
    }

    /// Takes a model off this computer, and what has been fetched of one.
    ///
    /// # Errors
    /// There is none, it is being installed, or the folder cannot be written.
    pub fn remove(&self, id: &str) -> Result<(), InstallError> {
        let is_there = |entry: fs::DirEntry| entry.file_name().to_str() == Some(id);
        let is_here = fs::read_dir(&self.place).into_iter().flatten().flatten().any(is_there);
        if !is_here && !Partial::exists(&self.place, id) {
            return Err(InstallError::NotInstalled(id.to_owned()));
        }
        Partial::discard(&self.place, id)?;
        if is_here { remove_folder(&self.place.join(id)) } else { Ok(()) }
    }

    /// How many bytes have been fetched of a model that is not installed yet.
    #[must_use]
    pub fn fetched(&self, id: &str) -> u64 {
        Partial::bytes(&self.place, id)
    }
}

/// The files that are fetched of a model.
fn files<'a>(model: &'a HubModel, host: &str) -> Result<Vec<&'a HubFile>, InstallError> {
    let find = |path: &str| model.files.iter().find(|file| file.path == path);
    let missing =
        |file: &str| InstallError::Missing { file: file.to_owned(), place: format!("{host}/{}", model.name) };
    let wanted = WANTED.iter().filter_map(|path| find(path)).map(Ok);
    let needed = NEEDED.iter().map(|path| find(path).ok_or_else(|| missing(path)));
    wanted.chain(needed).collect()
}

fn copy_in(folder: &Path, partial: &Partial) -> Result<(), InstallError> {
    if let Ok(known) = ModelFolder::open(folder) {
        for file in known.manifest().files.keys() {
            partial.copy(&folder.join(file), file)?;
        }
        return partial.describe(known.manifest());
    }
    let is_there = |file: &&str| folder.join(file).is_file();
    for file in WANTED.iter().chain(&NEEDED).copied().filter(is_there) {
        partial.copy(&folder.join(file), file)?;
    }
    if !is_there(&NETWORK.0) && is_there(&NETWORK.1) {
        partial.copy(&folder.join(NETWORK.1), NETWORK.0)?;
    }
    if let Some(file) = NEEDED.iter().find(|file| !partial.path().join(file).is_file()) {
        let place = folder.display().to_string();
        return Err(InstallError::Missing { file: (*file).to_owned(), place });
    }
    describe(partial, Offer::find(partial.id()))
}

/// Writes what a model is, whose files are all there, and keeps what it runs with.
fn describe(partial: &Partial, offer: Option<&Offer>) -> Result<(), InstallError> {
    let name = offer.map_or_else(|| partial.id().to_owned(), |offer| offer.name.to_owned());
    let task = description::describe(partial.path(), &name)?;
    let mut kept = vec![NETWORK, (TOKENIZER, TOKENIZER)];
    if matches!(task, Task::Entailment { .. }) {
        // What its numbers mean stands there.
        kept.push((CONFIG, CONFIG));
    }
    partial.keep_only(&kept)?;
    let languages = offer.map(|offer| offer.languages.iter().map(|&tag| tag.to_owned()).collect());
    partial.describe(&Manifest {
        name,
        license: offer.map(|offer| offer.license.to_owned()).unwrap_or_default(),
        languages: languages.unwrap_or_default(),
        task,
        files: partial.digests(&kept)?,
    })
}

fn remove_folder(folder: &Path) -> Result<(), InstallError> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(at(folder)(error)),
        _ => Ok(()),
    }
}

/// An error of the system, with its file.
fn at(path: &Path) -> impl FnOnce(io::Error) -> InstallError {
    let path = path.to_owned();
    move |source| InstallError::File { path, source }
}

async fn off_thread<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, InstallError> + Send + 'static,
) -> Result<T, InstallError> {
    tokio::task::spawn_blocking(work).await.map_err(|_| InstallError::Crashed)?
}
