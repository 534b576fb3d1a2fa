//! How near to a question chunks are together with what stands around them.

use rusqlite::params;
use vectors::similarity;

use crate::vector_store::from_blob;
use crate::{ChunkId, Library, Result};

/// So many chunks in front of a chunk and behind it, on the same page, are its surroundings.
const BESIDE: u32 = 2;

impl Library {
    /// The cosine similarity of `question`, a vector of the active space, to the sum of the vectors of each chunk and of
    /// those beside it on its page, in the order asked for; 0 for a chunk that is gone meanwhile.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn surroundings(&self, question: &[f32], chunks: &[ChunkId]) -> Result<Vec<f32>> {
        self.read(|connection| {
            let mut beside = connection.prepare_cached(
                "SELECT vector FROM chunks
                 JOIN chunks AS beside ON beside.document_id = chunks.document_id
                     AND beside.ordinal BETWEEN chunks.ordinal - ?2 AND chunks.ordinal + ?2
                     AND beside.page_first = chunks.page_first
                 JOIN vectors ON space_id = (SELECT active_space FROM library)
                     AND vectors.text_hash = beside.text_hash
                 WHERE chunks.id = ?1",
            )?;
            let mut similarity_of = |chunk: &ChunkId| {
                let mut sum = vec![0.0; question.len()];
                let mut rows = beside.query(params![chunk, BESIDE])?;
                while let Some(row) = rows.next()? {
                    for (sum, value) in sum.iter_mut().zip(from_blob(row.get_ref(0)?)?) {
                        *sum += value;
                    }
                }
                let length = similarity(&sum, &sum).sqrt();
                Ok(if length > 0.0 { similarity(question, &sum) / length } else { 0.0 })
            };
            chunks.iter().map(&mut similarity_of).collect()
        })
    }
}
