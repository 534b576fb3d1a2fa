//! The embeddings that are kept: a library is searched by those of one model while those of another are made.

use std::sync::{Arc, MutexGuard, PoisonError};
use std::time::Instant;

use ::endpoint::Profile;
use ::models::{Embedder, Urgency};
use ::text::WordPieces;
use libraries::Library;
use library::{EmbeddingSpace, KeptSpace, SpaceId};

use crate::Engine;
use crate::api::{ApiError, EmbeddingPlan, EmbeddingPlanRequest, Embeddings, RequestError, Role};
use crate::configuring::with_embedder;
use crate::models::{Models, embedder_of};
use crate::off_thread::off_thread;
use crate::overview::saturating;
use crate::settings::{Settings, Source};

/// So many texts tell how long the others are.
const EXAMPLES: usize = 64;
/// What is embedded to see how long a call takes, as often as it takes to be as long as a text of the library: no text of
/// that leaves the computer before a person has said yes.
const FILLER: &str =
    "The keeper of the light writes down wind, weather and tide at each change of the watch. ";

/// The models that embedded before the one in use.
#[derive(Default)]
pub(crate) struct Former {
    /// Those of this session, whose keys may be nowhere else.
    of_session: Vec<Arc<dyn Embedder>>,
    /// What the source of a space has led to.
    of_space: Option<(SpaceId, Option<Arc<dyn Embedder>>)>,
}

fn is_of(space: &EmbeddingSpace, embedder: &Arc<dyn Embedder>) -> bool {
    space.is_of(embedder.name(), embedder.passage_instruction())
}

impl Engine {
    fn former(&self) -> MutexGuard<'_, Former> {
        self.former.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the embedding model that has been in use.
    pub(crate) fn keep_former(&self, models: &Models) {
        let mut former = self.former();
        former.of_space = None;
        let Some(embedder) = models.embedder.clone() else { return };
        let is_same = |known: &Arc<dyn Embedder>| {
            known.name() == embedder.name() && known.passage_instruction() == embedder.passage_instruction()
        };
        former.of_session.retain(|known| !is_same(known));
        former.of_session.push(embedder);
    }

    /// The model that the library is searched by, where that is another one than embeds: until the vectors of the new one are
    /// whole.
    pub(crate) async fn former_embedder(
        &self,
        models: &Models,
    ) -> Result<Option<Arc<dyn Embedder>>, ApiError> {
        let Some((id, space)) = self.with_library(Library::active_space).await? else { return Ok(None) };
        if models.embedder.as_ref().is_some_and(|embedder| is_of(&space, embedder)) {
            return Ok(None);
        }
        {
            let former = self.former();
            if let Some(known) = former.of_session.iter().find(|embedder| is_of(&space, embedder)) {
                return Ok(Some(Arc::clone(known)));
            }
            if let Some((_, known)) = former.of_space.as_ref().filter(|(known, _)| *known == id) {
                return Ok(known.clone());
            }
        }
        let (source, ledger) = (self.source_of(id).await?, self.keeper.notes.clone());
        let found = off_thread(move || {
            Ok::<_, ApiError>(source.as_ref().and_then(|source| embedder_of(source, &ledger)))
        })
        .await?;
        let found = found.filter(|embedder| is_of(&space, embedder));
        self.former().of_space = Some((id, found.clone()));
        Ok(found)
    }

    /// Where the model of a space is found, with its key.
    async fn source_of(&self, id: SpaceId) -> Result<Option<Source<Profile>>, ApiError> {
        let spaces = self.with_library(Library::spaces).await?;
        let written = spaces.into_iter().find(|space| space.id == id).and_then(|space| space.source);
        let source = written.and_then(|written| serde_json::from_str(&written).ok());
        let Some(Source::Endpoint(profile)) = source else { return Ok(source) };
        let configuration = self.configuration();
        let with_key = move || {
            let key = configuration.key_of_former(&profile.base_url);
            Ok::<_, ApiError>(Source::Endpoint(Profile { key, ..profile }))
        };
        off_thread(with_key).await.map(Some)
    }

    /// The name of the model that the library is searched by; none where words alone are searched.
    pub(crate) async fn searched_by(&self, models: &Models) -> Result<Option<String>, ApiError> {
        if let Some(former) = self.former_embedder(models).await? {
            return Ok(Some(former.name().to_owned()));
        }
        let active = self.with_library(Library::active_space).await?;
        let own = models.embedder.as_ref();
        Ok(active.filter(|(_, space)| own.is_some_and(|own| is_of(space, own))).map(|(_, space)| space.model))
    }

    /// The embeddings that are kept, in the order in which they were begun.
    ///
    /// # Errors
    /// The library cannot be read.
    pub async fn embeddings(&self) -> Result<Vec<Embeddings>, ApiError> {
        let (chunks, spaces) = self
            .with_library(|library| Ok::<_, library::Error>((library.status()?.chunks, library.spaces()?)))
            .await?;
        let mut shown = Vec::new();
        for KeptSpace { id, space, source, is_active, vectors, bytes } in spaces {
            let (model, instruction) = (space.model.clone(), space.passage_instruction);
            let embedded =
                self.with_library(move |library| library.embedded_chunks(&model, &instruction)).await?;
            let source: Option<Source<Profile>> =
                source.and_then(|source| serde_json::from_str(&source).ok());
            let host = match &source {
                Some(Source::Endpoint(profile)) => crate::settings::host(&profile.base_url),
                _ => None,
            };
            shown.push(Embeddings {
                id: id.0,
                model: space.model,
                host,
                searched: is_active,
                can_be_used: source.is_some(),
                vectors,
                missing: chunks.saturating_sub(embedded),
                bytes,
            });
        }
        Ok(shown)
    }

    /// Has the library searched by embeddings that are kept, at once, and their model embed from now on. What it has no vector
    /// for is embedded by [`Engine::embed`].
    ///
    /// # Errors
    /// They are not kept, nobody knows where their model is, or the settings or the library cannot be written.
    pub async fn use_embeddings(self: &Arc<Self>, id: i64) -> Result<(), ApiError> {
        let space = SpaceId(id);
        let source = self.source_of(space).await?.ok_or(RequestError::EmbeddingsNotKept)?;
        let turn = self.jobs.turn().await;
        let engine = Arc::clone(self);
        off_thread(move || {
            let _turn = turn;
            let settings: Settings = engine.configuration().settings()?;
            engine.change_roles(|file| *file = with_embedder(file, &source, settings.endpoint.as_ref()))?;
            let activated = engine.library.activate_space(space);
            engine.library.release();
            Ok::<_, ApiError>(activated?)
        })
        .await
    }

    /// Forgets embeddings. To have them again will cost their embedding again.
    ///
    /// # Errors
    /// They are not kept, the library is searched by them, or it cannot be written.
    pub async fn drop_embeddings(&self, id: i64) -> Result<(), ApiError> {
        let turn = self.jobs.turn().await;
        self.with_library(move |library| {
            let _turn = turn;
            let dropped = library.drop_space(SpaceId(id));
            library.release();
            if dropped? { Ok(()) } else { Err(ApiError::from(RequestError::EmbeddingsInUse)) }
        })
        .await
    }

    /// What it takes to embed all that a model has no vector for, by some texts of the library and a call that sends none of
    /// them.
    ///
    /// # Errors
    /// The model cannot be called, or the library cannot be read.
    pub async fn embedding_plan(&self, request: EmbeddingPlanRequest) -> Result<EmbeddingPlan, ApiError> {
        let (configuration, ledger) = (self.configuration(), self.keeper.notes.clone());
        let models = off_thread(move || match request {
            EmbeddingPlanRequest::InUse => Ok(None),
            EmbeddingPlanRequest::Endpoint(request) => {
                configuration.candidate_models(&request, &ledger).map(Some)
            }
            EmbeddingPlanRequest::Local(id) => {
                let mut settings = configuration.settings()?;
                let source =
                    if crate::installing::is_built_in(&id) { Source::BuiltIn } else { Source::Installed(id) };
                settings.roles.insert(Role::Embed, source);
                Ok::<_, ApiError>(Some(Models::of(&settings, &ledger)?))
            }
        })
        .await?;
        let models = models.map_or_else(|| self.models(), Arc::new);
        let Some(embedder) = models.embedder.clone() else { return Ok(EmbeddingPlan::default()) };
        let own = Arc::clone(&embedder);
        let (texts, examples) = self
            .with_library(move |library| {
                library.texts_without_vectors(own.name(), own.passage_instruction(), EXAMPLES)
            })
            .await?;
        let searched_by = self.searched_by(&self.models()).await?;
        let plan = EmbeddingPlan {
            model: embedder.name().to_owned(),
            host: models.in_use().get(&Role::Embed).and_then(|model| model.host.clone()),
            searched_by,
            texts: saturating(texts),
            ..EmbeddingPlan::default()
        };
        if texts == 0 {
            return Ok(plan);
        }
        let mean = |all: usize| all / examples.len().max(1);
        let tokens = mean(examples.iter().map(|text| tokens(text)).sum()) * texts;
        let filler = FILLER.repeat(mean(examples.iter().map(String::len).sum()) / FILLER.len() + 1);
        let call = vec![filler; embedder.batch_size().min(texts)];
        // The first call may load the model.
        embedder.embed_passages(&call[..1], Urgency::Background).await?;
        let started = Instant::now();
        embedder.embed_passages(&call, Urgency::Background).await?;
        let calls = texts.div_ceil(call.len()).div_ceil(embedder.concurrency());
        Ok(EmbeddingPlan {
            tokens: tokens as u64,
            cost: embedder.cost_per_token().map(|cost| cost * tokens as f64),
            seconds: started.elapsed().as_secs_f64() * calls as f64,
            ..plan
        })
    }
}

/// By the vocabulary that most embedding models of English have.
fn tokens(text: &str) -> usize {
    WordPieces::english().input(&[text], usize::MAX).ids.len()
}
