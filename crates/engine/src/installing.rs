//! The models on this computer: which are there and which can be had, installing them and putting them in force.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use ::endpoint::{HUGGING_FACE, Hub};
use ::models::{
    Fetched, InstallError, Installer, ModelError, OFFERS, Offer, PresentModel, Purpose, present_models,
};

use crate::Engine;
use crate::api::{
    ApiError, InstallEvent, InstallOutcome, InstallRequest, LocalModel, LocalModelError, LocalModels,
    ModelPlace, Provider, Role,
};
use crate::models::Models;
use crate::off_thread::off_thread;
use crate::settings::{File, Source};

/// How often a shell is told how much has been fetched.
const PROGRESS_EVERY: Duration = Duration::from_millis(150);

impl Engine {
    /// The models that run on this computer, and those that can be installed. No hub is asked.
    ///
    /// # Errors
    /// The system names no place for models.
    pub async fn local_models(&self) -> Result<LocalModels, ApiError> {
        let models = self.models();
        let hub = self.hub().map(|hub| hub.host().to_owned()).unwrap_or_default();
        off_thread(move || -> Result<_, InstallError> {
            let installer = Installer::own()?;
            let present = present_models();
            let is_here = |offer: &&Offer| present.iter().all(|model| model.id != offer.id);
            let offered = OFFERS.iter().filter(is_here).map(|offer| offered(offer, &installer));
            let here = present.iter().map(|model| here(model, &models));
            Ok(LocalModels { hub, models: here.chain(offered).collect() })
        })
        .await
    }

    /// Fetches a model from the hub and installs it; one that reranks is in use from then on where no other one is. It is
    /// stopped like a question. The last event is `Finished`.
    pub async fn install_model(
        &self,
        request: InstallRequest,
        on_event: impl Fn(InstallEvent) + Send + Sync,
    ) {
        let stoppable = self.requests.begin(request.id);
        let told = Mutex::new(None::<Instant>);
        let on_bytes = |Fetched { bytes, total }| {
            let mut told = told.lock().unwrap_or_else(PoisonError::into_inner);
            if bytes == total || told.is_none_or(|last| last.elapsed() >= PROGRESS_EVERY) {
                *told = Some(Instant::now());
                on_event(InstallEvent::Progress { fetched: bytes, total });
            }
        };
        let token = stoppable.token();
        let outcome = tokio::select! {
            biased;
            installed = self.fetch_and_install(&request.model, on_bytes) => match installed {
                Ok(()) => InstallOutcome::Installed,
                Err(error) => InstallOutcome::Failed { error },
            },
            () = token.cancelled() => InstallOutcome::Stopped,
        };
        on_event(InstallEvent::Finished { outcome });
    }

    async fn fetch_and_install(
        &self,
        id: &str,
        on_bytes: impl Fn(Fetched) + Send + Sync,
    ) -> Result<(), ApiError> {
        let Some(offer) = Offer::find(id) else {
            let offered = OFFERS.iter().map(|offer| offer.id.to_owned()).collect();
            return Err(LocalModelError::ModelNotOffered { model: id.to_owned(), offered }.into());
        };
        Installer::own()?.install(&self.hub()?, offer, on_bytes).await?;
        self.reopen_models().await
    }

    /// Installs the model of a folder, and returns the name that it is called by.
    ///
    /// # Errors
    /// There is no model in it that Footnote runs, or the place of models cannot be written.
    pub async fn import_model(&self, folder: PathBuf) -> Result<String, ApiError> {
        let id = off_thread(move || Installer::own()?.import(&folder)).await?;
        self.reopen_models().await?;
        Ok(id)
    }

    /// Takes a model off this computer, and what has been fetched of one. Its role goes back to what serves it without.
    ///
    /// # Errors
    /// It is not there, it came with Footnote, or its folder cannot be written.
    pub async fn remove_model(self: &Arc<Self>, id: String) -> Result<(), ApiError> {
        let engine = Arc::clone(self);
        off_thread(move || {
            Installer::own()?.remove(&id)?;
            engine
                .change_roles(|file| file.roles.retain(|_, source| *source != Source::Installed(id.clone())))
        })
        .await
    }

    /// Has a model on this computer serve its role from now on, in the place of an endpoint's. Chunks are embedded with
    /// another embedding model by [`Engine::embed`], and found by their words until then.
    ///
    /// # Errors
    /// It is not there or has no role to choose it for, or the settings cannot be written.
    pub async fn use_model(self: &Arc<Self>, id: String) -> Result<(), ApiError> {
        let engine = Arc::clone(self);
        off_thread(move || {
            let Some(model) = present_models().into_iter().find(|model| model.id == id) else {
                return Err(LocalModelError::ModelNotHere { model: id }.into());
            };
            let source = if model.is_built_in { Source::BuiltIn } else { Source::Installed(id) };
            let role = role(Purpose::from(&model.manifest.task));
            engine.change_roles(|file| drop(file.roles.insert(role, source)))
        })
        .await
    }

    pub(crate) fn change_roles(&self, change: impl FnOnce(&mut File)) -> Result<(), ApiError> {
        let _one_at_a_time = self.changing.lock().unwrap_or_else(PoisonError::into_inner);
        let configuration = self.configuration();
        let mut file = File::read(&configuration.directory)?;
        change(&mut file);
        file.write(&configuration.directory)?;
        self.read_settings_again()
    }

    async fn reopen_models(&self) -> Result<(), ApiError> {
        let (configuration, ledger) = (self.configuration(), self.keeper.notes.clone());
        let models =
            off_thread(move || Ok::<_, ApiError>(Models::of(&configuration.settings()?, &ledger)?)).await?;
        self.put_models(models);
        Ok(())
    }

    fn hub(&self) -> Result<Hub, ApiError> {
        let configuration = self.configuration();
        let address = configuration.overrides.hub.as_deref().unwrap_or(HUGGING_FACE);
        Ok(Hub::new(address, self.keeper.notes.clone()).map_err(ModelError::from)?)
    }
}

/// Whether the model of this id came with Footnote.
pub(crate) fn is_built_in(id: &str) -> bool {
    present_models().iter().any(|model| model.id == id && model.is_built_in)
}

fn here(model: &PresentModel, models: &Models) -> LocalModel {
    let role = role(Purpose::from(&model.manifest.task));
    let in_use = match role {
        // It reads what no person has to agree to.
        Role::ReadPages => true,
        role => models
            .in_use()
            .get(&role)
            .is_some_and(|used| used.provider != Provider::Endpoint && used.name == model.manifest.name),
    };
    LocalModel {
        id: model.id.clone(),
        name: model.manifest.name.clone(),
        role,
        license: model.manifest.license.clone(),
        languages: model.manifest.languages.clone(),
        megabytes: u32::try_from(model.bytes.div_ceil(1_000_000)).unwrap_or(u32::MAX),
        work: Offer::find(&model.id).map(|offer| offer.work),
        place: if model.is_built_in { ModelPlace::BuiltIn } else { ModelPlace::Installed },
        in_use,
        fetched: 0,
    }
}

fn offered(offer: &Offer, installer: &Installer) -> LocalModel {
    LocalModel {
        id: offer.id.to_owned(),
        name: offer.name.to_owned(),
        role: role(offer.purpose),
        license: offer.license.to_owned(),
        languages: offer.languages.iter().map(|&tag| tag.to_owned()).collect(),
        megabytes: offer.megabytes,
        work: Some(offer.work),
        place: ModelPlace::Offered,
        in_use: false,
        fetched: installer.fetched(offer.id),
    }
}

fn role(purpose: Purpose) -> Role {
    match purpose {
        Purpose::Embed => Role::Embed,
        Purpose::Rerank => Role::Rerank,
        Purpose::Judge => Role::Judge,
        Purpose::ReadPages => Role::ReadPages,
    }
}
