//! Chunks to vectors.

use std::collections::HashSet;
use std::sync::Arc;

use futures::{StreamExt as _, TryStreamExt as _, stream};
use library::{ChunkId, EmbeddingSpace, Library, SpaceId, TextHash, UnembeddedText};
use models::Embedder;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use crate::job::blocking;
use crate::progress::count;
use crate::{Ingest, IngestError, Progress};

/// Embeds all chunks of the library that have no vector, those stored meanwhile included: `stored` tells of them,
/// and that no more will come when its sender is gone. Each batch of vectors is stored when it arrives, so that no
/// text is ever paid for twice.
pub(crate) async fn embed_missing(
    Ingest { library, embedder, pause, .. }: &Ingest,
    progress: &Progress,
    cancel: &CancellationToken,
    mut stored: watch::Receiver<()>,
) -> Result<(), IngestError> {
    let work = async {
        if !wait_for_chunks(library, &mut stored).await? {
            return Ok(());
        }
        let space = space_of(library, embedder).await?;
        let batches = Batches { library, embedder, space, after: ChunkId(0), taken: HashSet::new(), stored };
        // One more than the model takes at once, so that storing never leaves a place with the model empty.
        let in_flight = embedder.concurrency() + 1;
        stream::try_unfold(batches, |mut batches| async move {
            pause.over(cancel).await;
            Ok(batches.next().await?.map(|batch| (batch, batches)))
        })
        .map_ok(|texts| embed(library, embedder, progress, space, texts))
        .try_buffer_unordered(in_flight)
        // Its own type holds borrows that keep the compiler from seeing that the job can move between threads.
        .boxed()
        .try_collect::<()>()
        .await?;
        let library = Arc::clone(library);
        blocking(move || Ok(library.activate_space(space)?)).await
    };
    tokio::select! {
        result = work => result,
        () = cancel.cancelled() => Ok(()),
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
        if blocking(move || Ok(library.status()?.chunks > 0)).await? {
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
async fn space_of(library: &Arc<Library>, embedder: &Arc<dyn Embedder>) -> Result<SpaceId, IngestError> {
    let own = embedder.space();
    let (model, passage_instruction) = (own.model.clone(), own.passage_instruction.clone());
    let lookup = Arc::clone(library);
    let active = blocking(move || Ok(lookup.active_space()?)).await?;
    let known = active
        .filter(|(_, active)| active.model == model && active.passage_instruction == passage_instruction);
    if let Some((id, _)) = known {
        return Ok(id);
    }
    let example = embedder.embed_passages(&["How many dimensions?".to_owned()]).await?;
    let dimensions = example.first().map_or(0, Vec::len);
    let library = Arc::clone(library);
    blocking(move || Ok(library.space(&EmbeddingSpace { model, passage_instruction, dimensions })?)).await
}

/// The texts to embed, in the order of their chunks, each once.
struct Batches<'a> {
    library: &'a Arc<Library>,
    embedder: &'a Arc<dyn Embedder>,
    space: SpaceId,
    after: ChunkId,
    /// Texts under way, which have no vector yet.
    taken: HashSet<TextHash>,
    stored: watch::Receiver<()>,
}

impl Batches<'_> {
    async fn next(&mut self) -> Result<Option<Vec<UnembeddedText>>, IngestError> {
        loop {
            // Looked at before the library is: what is stored in between is then seen in the next round.
            let more_may_come = self.stored.has_changed().is_ok();
            self.stored.mark_unchanged();
            // Asked each time: an embedder learns how many texts its endpoint takes.
            let size = self.embedder.batch_size();
            let (library, space, after) = (Arc::clone(self.library), self.space, self.after);
            let mut texts = blocking(move || Ok(library.unembedded_texts(space, after, size)?)).await?;
            if let Some(last) = texts.last() {
                self.after = last.chunk;
                texts.retain(|text| self.taken.insert(text.hash));
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
    texts: Vec<UnembeddedText>,
) -> Result<(), IngestError> {
    let (hashes, texts): (Vec<TextHash>, Vec<String>) =
        texts.into_iter().map(|text| (text.hash, text.text)).unzip();
    let vectors = embedder.embed_passages(&texts).await?;
    count(&progress.chunks_done, texts.len());
    let vectors: Vec<_> = hashes.into_iter().zip(vectors).collect();
    let library = Arc::clone(library);
    blocking(move || Ok(library.store_vectors(space, &vectors)?)).await
}
