//! Dense search: the chunks nearest to the question by HNSW.

use library::{BESIDE, ChunkId, NearHit};
use pgvector::HalfVector;

use super::InScope;
use crate::connection::{Session, Value};
use crate::error::Done;
use crate::spaces::active;

/// The most that the index keeps in sight.
const MOST_IN_SIGHT: usize = 1_000;

/// The chunks whose vectors are nearest to the question's, best first.
pub(super) async fn search(
    session: &Session<'_>,
    question: &[f32],
    limit: usize,
    scope: &InScope,
) -> Done<Vec<NearHit>> {
    let Some((space, _)) = active(session).await? else { return Ok(Vec::new()) };
    let (dimensions, space) = (question.len(), space.0);
    let question = HalfVector::from_f32_slice(question);
    let (condition, mut values) = scope.condition("document_id", 1);
    let mut all: Vec<Value<'_>> = vec![&question];
    all.append(&mut values);
    // Vectors whose text is gone are among the nearest too: then more are asked for.
    let mut wanted = limit + limit / 8;
    loop {
        let in_sight = wanted.clamp(40, MOST_IN_SIGHT);
        session
            .run(&format!(
                "SET LOCAL hnsw.ef_search = {in_sight}; SET LOCAL hnsw.iterative_scan = relaxed_order"
            ))
            .await?;
        let query = format!(
            "WITH near AS MATERIALIZED (
                 SELECT document_id, text_hash, -(vector::halfvec({dimensions}) <#> $1) AS similarity FROM vectors
                 WHERE space_id = {space} AND {condition}
                 ORDER BY vector::halfvec({dimensions}) <#> $1 LIMIT {wanted}
             )
             SELECT chunks.id, similarity::real, (
                 SELECT 1 - (sum(vector::vector) <=> $1::vector) FROM chunks AS beside JOIN vectors
                     ON vectors.document_id = beside.document_id AND space_id = {space}
                     AND vectors.text_hash = beside.text_hash
                 WHERE beside.document_id = chunks.document_id AND beside.page_first = chunks.page_first
                     AND beside.ordinal BETWEEN chunks.ordinal - {BESIDE} AND chunks.ordinal + {BESIDE}
             )::real, (SELECT count(*) FROM near)
             FROM near JOIN chunks USING (document_id, text_hash) ORDER BY similarity DESC, chunks.id"
        );
        let rows = session.rows(&query, &all).await?;
        let found = rows.first().map_or(0, |row| row.get::<_, i64>(3) as usize);
        if rows.len() >= limit || found < wanted {
            let near = |row: &tokio_postgres::Row| NearHit {
                chunk: ChunkId(row.get(0)),
                similarity: row.get(1),
                around: row.get::<_, Option<f32>>(2).unwrap_or_default(),
            };
            return Ok(rows.iter().take(limit).map(near).collect());
        }
        wanted *= 4;
    }
}
