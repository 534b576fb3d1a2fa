//! Dense search: candidates from the index, ranked by the vectors in the database.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::{Arc, PoisonError};

use rusqlite::types::ValueRef;
use rusqlite::{Connection, params};
use vectors::{Neighbour, VectorError, oversampled, similarity};

use super::NearHit;
use crate::index::Following;
use crate::json::Json;
use crate::vector_store::{from_blob, last_vector};
use crate::words::last_change;
use crate::{ChunkId, DocumentId, SpaceId};

/// So many chunks in front of a chunk and behind it, on the same page, are its surroundings.
pub const BESIDE: u32 = 2;

/// The chunks whose vectors are nearest to the question's, in some documents or (`None`) in all, best first.
pub(super) fn search(
    connection: &Connection,
    following: &Following,
    question: &[f32],
    limit: usize,
    documents: Option<&[DocumentId]>,
) -> rusqlite::Result<Result<Vec<NearHit>, VectorError>> {
    let allowed =
        documents.map(|documents| vectors_in_scope(connection, following, documents)).transpose()?;
    // Vectors without a chunk are among the nearest too: then more are asked for.
    let mut wanted = oversampled(limit);
    loop {
        let nearest = match following.vectors.search(question, wanted, allowed.as_deref()) {
            Ok(nearest) => nearest,
            Err(error) => return Ok(Err(error)),
        };
        let mut hits = ranked(connection, question, &nearest, documents)?;
        if hits.len() >= limit || nearest.len() < wanted {
            hits.truncate(limit);
            return surrounded(connection, question, &hits).map(Ok);
        }
        wanted *= 4;
    }
}

/// The vectors of the documents in which was searched last. There may be 100,000 of them, to be looked up one by one, and each
/// key of a search that is being typed asks for the same.
pub(crate) struct InScope {
    documents: Vec<DocumentId>,
    /// The last change of a document and the last vector, by which this was true.
    seen: (u64, u64),
    vectors: Arc<[u64]>,
}

fn vectors_in_scope(
    connection: &Connection,
    following: &Following,
    documents: &[DocumentId],
) -> rusqlite::Result<Arc<[u64]>> {
    let seen = (last_change(connection)?, last_vector(connection)?);
    let mut kept = following.in_scope.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(kept) = kept.as_ref().filter(|kept| kept.documents == documents && kept.seen == seen) {
        return Ok(Arc::clone(&kept.vectors));
    }
    let vectors: Arc<[u64]> = vectors_of(connection, following.space, documents)?.into();
    *kept = Some(InScope { documents: documents.to_vec(), seen, vectors: Arc::clone(&vectors) });
    Ok(vectors)
}

/// The vectors of documents, in ascending order.
fn vectors_of(
    connection: &Connection,
    space: SpaceId,
    documents: &[DocumentId],
) -> rusqlite::Result<Vec<u64>> {
    let vectors: rusqlite::Result<BTreeSet<u64>> = connection
        .prepare_cached(
            // CROSS keeps this order; the other way round each vector of the space would be looked at.
            "SELECT vectors.id FROM json_each(?1) CROSS JOIN chunks ON document_id = value
             CROSS JOIN vectors ON space_id = ?2 AND vectors.text_hash = chunks.text_hash",
        )?
        .query_map(params![Json(documents), space], |row| row.get(0))?
        .collect();
    Ok(vectors?.into_iter().collect())
}

/// A chunk whose vector is near.
struct Near {
    chunk: ChunkId,
    vector: u64,
    similarity: f32,
}

/// The chunks of these vectors by exact similarity. One vector may stand for several chunks, or for none.
fn ranked(
    connection: &Connection,
    question: &[f32],
    nearest: &[Neighbour],
    documents: Option<&[DocumentId]>,
) -> rusqlite::Result<Vec<Near>> {
    let documents: Option<HashSet<_>> = documents.map(|documents| documents.iter().collect());
    let ids: Vec<u64> = nearest.iter().map(|neighbour| neighbour.id).collect();
    let mut select = connection.prepare_cached(
        "SELECT chunks.id, document_id, vectors.id, vector FROM json_each(?1) CROSS JOIN vectors ON vectors.id = value
         CROSS JOIN chunks ON chunks.text_hash = vectors.text_hash",
    )?;
    let mut rows = select.query([Json(ids)])?;
    let mut hits: Vec<Near> = Vec::new();
    while let Some(row) = rows.next()? {
        let document: DocumentId = row.get(1)?;
        if documents.as_ref().is_none_or(|documents| documents.contains(&document)) {
            let similarity = similarity(question, &from_blob(row.get_ref(3)?, question.len())?);
            hits.push(Near { chunk: row.get(0)?, vector: row.get(2)?, similarity });
        }
    }
    hits.sort_by(|a, b| b.similarity.total_cmp(&a.similarity).then(a.chunk.cmp(&b.chunk)));
    Ok(hits)
}

/// The same with how near each chunk is together with what stands around it.
fn surrounded(connection: &Connection, question: &[f32], hits: &[Near]) -> rusqlite::Result<Vec<NearHit>> {
    let pairs: Vec<(ChunkId, u64)> = hits.iter().map(|hit| (hit.chunk, hit.vector)).collect();
    let mut select = connection.prepare_cached(
        // Chunks are mostly embedded in their order: their vectors stand side by side, and are looked for there first.
        "WITH space AS MATERIALIZED (SELECT active_space AS id FROM library)
         SELECT chunks.id, coalesce(
             (SELECT vector FROM vectors WHERE vectors.id = json_extract(value, '$[1]') + beside.ordinal - chunks.ordinal
                  AND space_id = space.id AND vectors.text_hash = beside.text_hash),
             (SELECT vector FROM vectors WHERE space_id = space.id AND vectors.text_hash = beside.text_hash))
         FROM space CROSS JOIN json_each(?1) CROSS JOIN chunks ON chunks.id = json_extract(value, '$[0]')
         CROSS JOIN chunks AS beside ON beside.document_id = chunks.document_id
             AND beside.ordinal BETWEEN chunks.ordinal - ?2 AND chunks.ordinal + ?2
             AND beside.page_first = chunks.page_first",
    )?;
    let mut sums: HashMap<ChunkId, Vec<f32>> = HashMap::new();
    let mut rows = select.query(params![Json(pairs), BESIDE])?;
    while let Some(row) = rows.next()? {
        let sum = sums.entry(row.get(0)?).or_insert_with(|| vec![0.0; question.len()]);
        let vector = row.get_ref(1)?;
        // It may have no vector yet.
        if vector != ValueRef::Null {
            sum.iter_mut().zip(from_blob(vector, question.len())?).for_each(|(sum, value)| *sum += value);
        }
    }
    let around = |chunk: ChunkId| {
        let Some(sum) = sums.get(&chunk) else { return 0.0 };
        let length = similarity(sum, sum).sqrt();
        if length > 0.0 { similarity(question, sum) / length } else { 0.0 }
    };
    let surrounded =
        |hit: &Near| NearHit { chunk: hit.chunk, similarity: hit.similarity, around: around(hit.chunk) };
    Ok(hits.iter().map(surrounded).collect())
}
