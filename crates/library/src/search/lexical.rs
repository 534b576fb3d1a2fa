//! Lexical search: chunks and pages by their words and phrases.

use std::collections::HashSet;

use super::ranking::{Summing, best};
use super::{Candidates, Hit, PageHit, Query, sought};
use crate::words::{Segment, Snapshot, fields};
use crate::{ChunkId, DocumentId};

/// The chunks and pages with words and phrases of the question, in some documents or (`None`) in all.
pub(super) fn search(
    snapshot: &Snapshot,
    query: &Query<'_>,
    documents: Option<&[DocumentId]>,
) -> tantivy::Result<Candidates> {
    let documents: Option<HashSet<DocumentId>> =
        documents.map(|documents| documents.iter().copied().collect());
    let documents = documents.as_ref();
    let words = sought::words(snapshot, query.text)?;
    let phrases = sought::phrases(snapshot, query.text);
    let mut summing = Summing::of(snapshot);
    let chunks = |sought, summing: &mut Summing| -> tantivy::Result<Vec<Hit>> {
        let table = (&fields().chunks, snapshot.chunks);
        let rows = best(snapshot, table, sought, query.chunks, documents, summing, Segment::chunk)?;
        Ok(rows.into_iter().map(|(chunk, score)| Hit { chunk: ChunkId(chunk), score }).collect())
    };
    let pages = |sought, summing: &mut Summing| -> tantivy::Result<Vec<PageHit>> {
        let table = (&fields().pages, snapshot.pages);
        let rows = best(snapshot, table, sought, query.pages, documents, summing, |segment, entry| {
            Some((segment.document(entry), segment.page(entry)?))
        })?;
        Ok(rows.into_iter().map(|((document, page), score)| PageHit { document, page, score }).collect())
    };
    Ok(Candidates {
        lexical: chunks(&words, &mut summing)?,
        phrases: chunks(&phrases, &mut summing)?,
        pages: pages(&words, &mut summing)?,
        page_phrases: pages(&phrases, &mut summing)?,
        ..Candidates::default()
    })
}
