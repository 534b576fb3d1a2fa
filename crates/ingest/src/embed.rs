//! Chunks to vectors.

use std::collections::{BTreeMap, HashSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use futures::{StreamExt as _, TryStreamExt as _, stream};
use libraries::Library;
use library::{ChunkId, EmbeddingSpace, SpaceId, TextHash, UnembeddedText};
use models::{Embedder, ModelError, Urgency};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::job::blocking;
use crate::progress::count;
use crate::{Ingest, IngestError, Progress, UnembeddedFile};

/// To learn a model's dimensions. Two, because servers were seen to fail at the first text of each call.
const EXAMPLES: [&str; 2] = ["How many dimensions?", "As many as a vector has."];

/// Embeds all chunks of the library that have no vector, those stored meanwhile included: `stored` tells of them,
/// and that no more will come when its sender is gone. Each batch of vectors is stored when it arrives, so that no
/// text is ever paid for twice. Returns the files with texts that the model gave no vector for; an error that kept
/// it from all others comes second.
pub(crate) async fn embed_missing(
    Ingest { library, embedder, source, pause, .. }: &Ingest,
    progress: &Progress,
    cancel: &CancellationToken,
    mut stored: watch::Receiver<()>,
) -> (Vec<UnembeddedFile>, Result<(), IngestError>) {
    let Some(embedder) = embedder else { return (Vec::new(), Ok(())) };
    let outcome = Outcome::default();
    let work = async {
        if !wait_for_chunks(library, &mut stored).await? {
            return Ok(());
        }
        let space = space_of(library, embedder, source.clone()).await?;
        let batches = Batches {
            library,
            embedder,
            space,
            after: ChunkId(0),
            under_way: HashSet::new(),
            outcome: &outcome,
            stored,
        };
        // One more than the model takes at once, so that storing never leaves a place with the model empty.
        let in_flight = embedder.concurrency() + 1;
        stream::try_unfold(batches, |mut batches| async move {
            pause.over(cancel).await;
            Ok(batches.next().await?.map(|batch| (batch, batches)))
        })
        .map_ok(|texts| embed(library, embedder, progress, space, &outcome, texts))
        .try_buffer_unordered(in_flight)
        // Its own type holds borrows that keep the compiler from seeing that the job can move between threads.
        .boxed()
        .try_collect::<()>()
        .await?;
        // Each was asked for a few times, but an endpoint may fail now and then, and the next job may be far.
        for text in outcome.take_passing() {
            pause.over(cancel).await;
            embed(library, embedder, progress, space, &outcome, vec![text]).await?;
        }
        let library = Arc::clone(library);
        blocking(move || Ok(library.activate_space(space)?)).await
    };
    let result = tokio::select! {
        result = work => result,
        () = cancel.cancelled() => Ok(()),
    };
    let failed = outcome.failed.into_inner().unwrap_or_else(PoisonError::into_inner);
    match files_of(library, failed).await {
        Ok(files) => (files, result),
        Err(error) => (Vec::new(), result.and(Err(error))),
    }
}

/// Whether there is anything to embed: a model is not called for an empty library.
async fn wait_for_chunks(
    library: &Arc<Library>,
    stored: &mut watch::Receiver<()>,
) -> Result<bool, IngestError> {
    loop {
        let more_may_come = stored.has_changed().is_ok();
        stored.mark_unchanged();
        let library = Arc::clone(library);
        if blocking(move || Ok(library.has_chunks()?)).await? {
            return Ok(true);
        }
        if !more_may_come {
            return Ok(false);
        }
        // An error says that the sender is gone: the next round is the last one.
        let _ = stored.changed().await;
    }
}

/// The library's space for the model. A model that is new to the library is asked for its dimensions.
async fn space_of(
    library: &Arc<Library>,
    embedder: &Arc<dyn Embedder>,
    source: Option<String>,
) -> Result<SpaceId, IngestError> {
    let (model, passage_instruction) =
        (embedder.name().to_owned(), embedder.passage_instruction().to_owned());
    let lookup = Arc::clone(library);
    let active = blocking(move || Ok(lookup.active_space()?)).await?;
    let known = active.filter(|(_, active)| active.is_of(&model, &passage_instruction));
    let dimensions = match known {
        Some((_, space)) => space.dimensions,
        None => {
            let examples = embedder.embed_passages(&EXAMPLES.map(str::to_owned), Urgency::Background).await?;
            examples.into_iter().reduce(Result::or).unwrap_or_else(|| Ok(Vec::new()))?.len()
        }
    };
    let library = Arc::clone(library);
    let space = EmbeddingSpace { model, passage_instruction, dimensions };
    blocking(move || Ok(library.space(&space, source.as_deref())?)).await
}

/// What came of the texts so far.
#[derive(Default)]
struct Outcome {
    /// Texts that have a vector now and still count as under way.
    stored: Mutex<Vec<TextHash>>,
    failed: Mutex<Vec<(UnembeddedText, ModelError)>>,
}

impl Outcome {
    fn take_stored(&self) -> Vec<TextHash> {
        std::mem::take(&mut self.stored.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn add_stored(&self, hashes: impl Iterator<Item = TextHash>) {
        self.stored.lock().unwrap_or_else(PoisonError::into_inner).extend(hashes);
    }

    fn add_failed(&self, text: UnembeddedText, error: ModelError) {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).push((text, error));
    }

    /// The texts whose failure may have been the endpoint's; they count as failed no longer.
    fn take_passing(&self) -> Vec<UnembeddedText> {
        let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
        failed.extract_if(.., |(_, error)| error.may_pass()).map(|(text, _)| text).collect()
    }
}

/// The files that texts without a vector stand in. A text that is gone by now needs none.
async fn files_of(
    library: &Arc<Library>,
    failed: Vec<(UnembeddedText, ModelError)>,
) -> Result<Vec<UnembeddedFile>, IngestError> {
    let library = Arc::clone(library);
    blocking(move || {
        let mut files = BTreeMap::<PathBuf, UnembeddedFile>::new();
        for (text, error) in failed {
            let Some(passage) = library.passages(&[text.chunk])?.pop() else { continue };
            let path = passage.path;
            files.entry(path.clone()).or_insert(UnembeddedFile { path, texts: 0, error }).texts += 1;
        }
        Ok(files.into_values().collect())
    })
    .await
}

/// The texts to embed, in the order of their chunks, each once.
struct Batches<'a> {
    library: &'a Arc<Library>,
    embedder: &'a Arc<dyn Embedder>,
    space: SpaceId,
    after: ChunkId,
    /// Texts that have no vector yet, and those that the model failed at.
    under_way: HashSet<TextHash>,
    outcome: &'a Outcome,
    stored: watch::Receiver<()>,
}

impl Batches<'_> {
    async fn next(&mut self) -> Result<Option<Vec<UnembeddedText>>, IngestError> {
        loop {
            // Looked at before the library is: what is stored in between is then seen in the next round.
            let more_may_come = self.stored.has_changed().is_ok();
            self.stored.mark_unchanged();
            // The library knows their vectors from here on.
            for hash in self.outcome.take_stored() {
                self.under_way.remove(&hash);
            }
            // Asked each time: an embedder learns how many texts its endpoint takes.
            let size = self.embedder.batch_size();
            let (library, space, after) = (Arc::clone(self.library), self.space, self.after);
            let mut texts = blocking(move || Ok(library.unembedded_texts(space, after, size)?)).await?;
            if let Some(last) = texts.last() {
                self.after = last.chunk;
                texts.retain(|text| self.under_way.insert(text.hash));
                if !texts.is_empty() {
                    return Ok(Some(texts));
                }
            } else if more_may_come {
                let _ = self.stored.changed().await;
            } else {
                return Ok(None);
            }
        }
    }
}

async fn embed(
    library: &Arc<Library>,
    embedder: &Arc<dyn Embedder>,
    progress: &Progress,
    space: SpaceId,
    outcome: &Outcome,
    batch: Vec<UnembeddedText>,
) -> Result<(), IngestError> {
    let texts: Vec<String> = batch.iter().map(|text| text.text.clone()).collect();
    let mut vectors = Vec::with_capacity(batch.len());
    for (text, embedded) in batch.into_iter().zip(embedder.embed_passages(&texts, Urgency::Background).await?)
    {
        match embedded {
            Ok(vector) => vectors.push((text.hash, vector)),
            Err(error) => outcome.add_failed(text, error),
        }
    }
    count(&progress.chunks_done, vectors.len());
    let hashes: Vec<_> = vectors.iter().map(|(hash, _)| *hash).collect();
    let library = Arc::clone(library);
    blocking(move || Ok(library.store_vectors(space, &vectors)?)).await?;
    outcome.add_stored(hashes.into_iter());
    Ok(())
}
