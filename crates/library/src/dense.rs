//! Dense search: candidates from the index, ranked by the vectors in the database.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, params};
use vectors::{Neighbour, oversampled, similarity};

use crate::json::Json;
use crate::vector_store::from_blob;
use crate::{ChunkId, DocumentId, Hit, Library, Result, Scope, SpaceId};

impl Library {
    /// The chunks whose vectors are nearest to `question`, a vector of unit length of the active space, best first.
    /// The score is the cosine similarity. There are none where no space is active.
    ///
    /// # Errors
    /// The vector does not fit the active space, a glob of the scope makes no sense, or the library cannot be read.
    pub fn search_dense(&self, question: &[f32], limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        self.index.follow(&self.connections)?;
        let documents = self.documents_in(scope)?;
        let following = self.index.read();
        let Some(following) = following.as_ref() else { return Ok(Vec::new()) };
        let allowed = match &documents {
            Some(documents) => {
                Some(self.read(|connection| vectors_of(connection, following.space, documents))?)
            }
            None => None,
        };
        // Vectors without a chunk are among the nearest too: then more are asked for.
        let mut wanted = oversampled(limit);
        loop {
            let nearest = following.vectors.search(question, wanted, allowed.as_ref())?;
            let hits = self.read(|connection| rank(connection, question, &nearest, documents.as_deref()))?;
            if hits.len() >= limit || nearest.len() < wanted {
                return Ok(hits.into_iter().take(limit).collect());
            }
            wanted *= 4;
        }
    }
}

fn vectors_of(
    connection: &Connection,
    space: SpaceId,
    documents: &[DocumentId],
) -> rusqlite::Result<HashSet<u64>> {
    connection
        .prepare_cached(
            // CROSS keeps this order; the other way round each vector of the space would be looked at.
            "SELECT vectors.id FROM json_each(?1) CROSS JOIN chunks ON document_id = value
             CROSS JOIN vectors ON space_id = ?2 AND vectors.text_hash = chunks.text_hash",
        )?
        .query_map(params![Json(documents), space], |row| row.get(0))?
        .collect()
}

/// The chunks of these vectors by exact similarity. One vector may stand for several chunks, or for none.
fn rank(
    connection: &Connection,
    question: &[f32],
    nearest: &[Neighbour],
    documents: Option<&[DocumentId]>,
) -> rusqlite::Result<Vec<Hit>> {
    let mut vector = connection.prepare_cached("SELECT vector FROM vectors WHERE id = ?1")?;
    let mut chunks = connection.prepare_cached(
        "SELECT chunks.id, document_id FROM vectors JOIN chunks ON chunks.text_hash = vectors.text_hash
         WHERE vectors.id = ?1",
    )?;
    let documents: Option<HashSet<_>> = documents.map(|documents| documents.iter().collect());
    let mut hits = Vec::new();
    for neighbour in nearest {
        let exact =
            vector.query_row([neighbour.id], |row| Ok(similarity(question, &from_blob(row.get_ref(0)?)?)));
        let Some(score) = exact.optional()? else { continue };
        for found in chunks.query_map([neighbour.id], |row| Ok((row.get(0)?, row.get(1)?)))? {
            let (chunk, document): (ChunkId, DocumentId) = found?;
            if documents.as_ref().is_none_or(|documents| documents.contains(&document)) {
                hits.push(Hit { chunk, score });
            }
        }
    }
    hits.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.chunk.cmp(&b.chunk)));
    Ok(hits)
}
