//! Puts the rooms together for a shell: settings, library, jobs, conversations, events.
//!
//! A shell opens one [`Engine`] and calls it; what passes between them is declared in [`api`]. What blocks in it does so
//! off the async threads.

mod answering;
pub mod api;
mod backup;
mod configuring;
mod conversations;
mod embeddings;
mod endpoints;
mod errors;
mod evaluation;
mod examination;
mod explaining;
mod failures;
mod indexing;
mod installing;
mod jobs;
mod joining;
mod keychain;
mod ledger;
mod local_servers;
mod locations;
mod marking;
mod models;
mod nothing;
mod off_thread;
mod overview;
mod pages;
mod recognition;
mod removing;
mod requests;
mod scope;
mod searching;
mod settings;
mod stored;
mod suggestions;
mod unlocking;
mod utf16;
mod watching;
pub mod wording;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use extract::{Extractor, Limits};
use libraries::Library;
use tokio_util::sync::CancellationToken;

use api::{ApiError, Role};
use jobs::Jobs;
use ledger::Keeper;
use models::Models;
use requests::Requests;
use unlocking::Passwords;

pub use backup::restore;
use configuring::Configuration;
pub use endpoint::{
    BatchCap, ChatFindings, Check, EmbeddingFindings, Error as EndpointCallError, Finding, Image, InputLimit,
};
pub use evaluation::{answer_figures, evaluate_claims, figures};
pub use examination::examine;
pub use extract::WorkerCommand;
pub use extract::worker::main_if_requested as worker_main_if_requested;
pub use joining::{join, team_address};
pub use keychain::{Keychain, NoKeychain, SystemKeychain};
pub use locations::{default_library_directory, team_directory};
pub use settings::Overrides;
pub use team::Address as TeamAddress;

/// What an engine is opened with.
#[derive(Clone)]
pub struct EngineOptions {
    /// The library's directory; it is created. Of a team's library, what a member has of it: settings and the ledger.
    pub directory: PathBuf,
    /// Where a team's library is, for one that is not in the directory.
    pub team: Option<TeamAddress>,
    /// What goes before the settings file in it.
    pub overrides: Overrides,
    /// Where keys are kept that a person types; without one, in memory until the engine is dropped.
    pub keychain: Option<Arc<dyn Keychain>>,
    /// What starts a worker that reads files.
    pub worker: WorkerCommand,
}

/// One open library with its models. Shared by all calls of a shell.
pub struct Engine {
    library: Arc<Library>,
    extractor: Arc<Extractor>,
    keeper: Keeper,
    models: RwLock<Arc<Models>>,
    former: Mutex<embeddings::Former>,
    configuration: Mutex<Configuration>,
    /// Held while the settings change.
    changing: Mutex<()>,
    passwords: Arc<Passwords>,
    jobs: Jobs,
    /// Ends the following of the folders.
    watching: Mutex<CancellationToken>,
    requests: Requests,
}

impl Engine {
    /// Opens a library. Blocks while the vector index is read, or built again where its files are of no use.
    ///
    /// # Errors
    /// The directory, the settings or the database cannot be used.
    pub fn open(options: EngineOptions) -> Result<Self, ApiError> {
        let EngineOptions { directory, team, overrides, keychain, worker } = options;
        let passwords = Arc::new(Passwords::new(keychain.clone()));
        let configuration =
            Configuration { directory, overrides, keychain: keychain.clone(), session_key: None };
        let settings = configuration.settings()?;
        let keeper = Keeper::start(&configuration.directory);
        let models = Models::of(&settings, &keeper.notes)?;
        keeper.price(models.in_use().get(&Role::Write));
        Ok(Self {
            keeper,
            models: RwLock::new(Arc::new(models)),
            former: Mutex::default(),
            library: Arc::new(match team {
                Some(address) => Library::join(&joining::with_password(address, keychain.as_deref()))?,
                None => Library::open(&configuration.directory)?,
            }),
            extractor: Arc::new(Extractor::new(worker, Limits::default())),
            configuration: Mutex::new(configuration),
            changing: Mutex::default(),
            passwords,
            jobs: Jobs::default(),
            watching: Mutex::default(),
            requests: Requests::default(),
        })
    }

    /// Waits until all documents can be found by their words. A shell that stays open need not: its searches find what has
    /// been taken in so far, which lacks something only where the index of words is being made anew.
    ///
    /// # Errors
    /// The library cannot be used.
    pub fn wait_for_words(&self) -> Result<(), ApiError> {
        Ok(self.library.wait_for_words()?)
    }

    /// The models in use. Work that began with others goes on with those.
    fn models(&self) -> Arc<Models> {
        Arc::clone(&self.models.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn put_models(&self, models: Models) {
        self.keep_former(&self.models());
        self.keeper.price(models.in_use().get(&Role::Write));
        *self.models.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(models);
    }

    /// The same with another chat model, where one is named.
    fn models_with(&self, chat_model: Option<&str>) -> Arc<Models> {
        let models = self.models();
        chat_model.map_or_else(|| Arc::clone(&models), |name| Arc::new(models.answering_with(name)))
    }

    /// Ends the search, answer or second opinion that was asked for with this id. What has come of an answer is kept.
    pub fn stop(&self, id: &str) {
        self.requests.stop(id);
    }
}
