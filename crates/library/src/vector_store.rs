//! Vectors by space and text: the truth of what the vector index holds, and the cache that keeps any text from
//! being paid for twice.

use std::collections::HashSet;

use half::f16;
use half::slice::HalfFloatSliceExt as _;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row, params};
use vectors::VectorError;

use crate::catalogue::{Pieces, embedded_text, fill_in};
use crate::connection::identity;
use crate::index::owner;
use crate::{ChunkId, DocumentId, Library, PageSpan, Result, SpaceId, TextHash};

/// A text that a space has no vector for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnembeddedText {
    /// A chunk that was made of it.
    pub chunk: ChunkId,
    /// Its hash.
    pub hash: TextHash,
    /// As it is embedded.
    pub text: String,
}

impl Library {
    /// Those of `texts` that the space has no vector for, each once, in the order given.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn missing_vectors(&self, space: SpaceId, texts: &[TextHash]) -> Result<Vec<TextHash>> {
        self.read(|connection| {
            let mut exists =
                connection.prepare_cached("SELECT 1 FROM vectors WHERE space_id = ?1 AND text_hash = ?2")?;
            let mut asked = HashSet::new();
            let mut missing = Vec::new();
            for &text in texts {
                if asked.insert(text) && !exists.exists(params![space, text])? {
                    missing.push(text);
                }
            }
            Ok(missing)
        })
    }

    /// Stores vectors of unit length. One that the space has for the text already is kept instead.
    ///
    /// # Errors
    /// A vector does not fit the space, or the library cannot be written; none was stored.
    pub fn store_vectors(&self, space: SpaceId, vectors: &[(TextHash, Vec<f32>)]) -> Result<()> {
        self.check_vectors(space, vectors)?;
        let (identity, before, stored) = self.write_documents(|transaction| {
            let before = last_vector(transaction)?;
            let mut insert = transaction.prepare_cached(
                "INSERT INTO vectors (space_id, text_hash, vector) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
            )?;
            let mut stored = Vec::new();
            for (hash, vector) in vectors {
                if insert.execute(params![space, hash, to_blob(vector)])? == 1 {
                    stored.push((transaction.last_insert_rowid() as u64, vector.as_slice()));
                }
            }
            Ok((identity(transaction)?, before, stored))
        })?;
        self.words.commit_when_due();
        self.index.take_in(&owner(&identity, space), before, &stored)
    }

    fn check_vectors(&self, space: SpaceId, vectors: &[(TextHash, Vec<f32>)]) -> Result<()> {
        let expected: usize = self.read(|connection| {
            connection.query_row("SELECT dimensions FROM spaces WHERE id = ?1", [space], |row| row.get(0))
        })?;
        for (_, vector) in vectors {
            if vector.len() != expected {
                return Err(VectorError::Dimensions { expected, received: vector.len() }.into());
            }
            if !vector.iter().all(|value| value.is_finite()) {
                return Err(VectorError::NotFinite.into());
            }
        }
        Ok(())
    }

    /// Up to `limit` texts of chunks behind `after` that the space has no vector for, in the order of their
    /// chunks; begin with `ChunkId(0)` and go on behind the last one returned. The same text may come again as
    /// long as its vector is not stored.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn unembedded_texts(
        &self,
        space: SpaceId,
        after: ChunkId,
        limit: usize,
    ) -> Result<Vec<UnembeddedText>> {
        self.read(|connection| {
            let rows = connection
                .prepare_cached(
                    "SELECT id, text_hash, document_id, page_spans, context, iif(context IS NULL, embedded_text, text)
                     FROM chunks WHERE id > ?2 AND NOT EXISTS (
                         SELECT 1 FROM vectors
                         WHERE vectors.space_id = ?1 AND vectors.text_hash = chunks.text_hash
                     ) ORDER BY id LIMIT ?3",
                )?
                .query_map(params![space, after, limit], unembedded)?
                .collect::<rusqlite::Result<_>>()?;
            as_embedded(connection, rows)
        })
    }

    /// How many texts this model has no vector for, and some of them (`examples` at most), as they stand apart.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn texts_without_vectors(
        &self,
        model: &str,
        passage_instruction: &str,
        examples: usize,
    ) -> Result<(usize, Vec<String>)> {
        self.read(|connection| {
            let chunks: Vec<ChunkId> = connection
                .prepare_cached(
                    "SELECT min(id) FROM chunks WHERE NOT EXISTS (
                         SELECT 1 FROM spaces JOIN vectors ON space_id = spaces.id
                         WHERE model = ?1 AND passage_instruction = ?2 AND vectors.text_hash = chunks.text_hash
                     ) GROUP BY text_hash ORDER BY 1",
                )?
                .query_map([model, passage_instruction], |row| row.get(0))?
                .collect::<rusqlite::Result<_>>()?;
            let mut select = connection.prepare_cached(
                "SELECT id, text_hash, document_id, page_spans, context, iif(context IS NULL, embedded_text, text)
                 FROM chunks WHERE id = ?1",
            )?;
            let apart = chunks.len().div_ceil(examples.max(1)).max(1);
            let rows = chunks.iter().step_by(apart).map(|chunk| select.query_row([chunk], unembedded));
            let texts = as_embedded(connection, rows.collect::<rusqlite::Result<_>>()?)?;
            Ok((chunks.len(), texts.into_iter().map(|text| text.text).collect()))
        })
    }

    /// Forgets the vectors of texts that no chunk holds any more. To have such a text again will cost its
    /// embedding again. Returns how many were forgotten.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn prune_vectors(&self) -> Result<usize> {
        let pruned: Vec<u64> = self.write_documents(|transaction| {
            transaction
                .prepare_cached(
                    "DELETE FROM vectors WHERE NOT EXISTS (
                         SELECT 1 FROM chunks WHERE chunks.text_hash = vectors.text_hash
                     ) RETURNING id",
                )?
                .query_map([], |row| row.get(0))?
                .collect()
        })?;
        self.index.leave_out(&pruned);
        Ok(pruned.len())
    }
}

/// A row of such a text.
struct Unembedded {
    chunk: ChunkId,
    hash: TextHash,
    document: DocumentId,
    pieces: Vec<PageSpan>,
    context: Option<String>,
    text: String,
}

/// The texts of these rows as they are embedded.
fn as_embedded(connection: &Connection, mut rows: Vec<Unembedded>) -> rusqlite::Result<Vec<UnembeddedText>> {
    let texts = rows.iter_mut().map(|row| (row.document, row.pieces.as_slice(), &mut row.text));
    fill_in(connection, texts.collect())?;
    let embedded = rows.into_iter().map(|Unembedded { chunk, hash, context, text, .. }| {
        let text = context.map_or_else(|| text.clone(), |context| embedded_text(&context, &text));
        UnembeddedText { chunk, hash, text }
    });
    Ok(embedded.collect())
}

fn unembedded(row: &Row<'_>) -> rusqlite::Result<Unembedded> {
    let Pieces(pieces) = row.get(3)?;
    Ok(Unembedded {
        chunk: row.get(0)?,
        hash: row.get(1)?,
        document: row.get(2)?,
        pieces,
        context: row.get(4)?,
        text: row.get(5)?,
    })
}

/// The largest id that any vector ever had: it grows with each vector stored, in whatever space.
pub(crate) fn last_vector(connection: &Connection) -> rusqlite::Result<u64> {
    connection
        .prepare_cached("SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'vectors'")?
        .query_row([], |row| row.get(0))
}

pub(crate) fn bytes_of_vector(dimensions: usize) -> u64 {
    (dimensions * size_of::<f16>()) as u64
}

/// Two bytes a value: what they leave out changes a similarity by less than a thousandth.
pub(crate) fn to_blob(vector: &[f32]) -> Vec<u8> {
    let mut values = vec![f16::ZERO; vector.len()];
    values.convert_from_f32_slice(vector);
    values.iter().flat_map(|value| value.to_le_bytes()).collect()
}

/// A vector of so many values, of two bytes each, or of four as older versions stored it.
pub(crate) fn from_blob(blob: ValueRef<'_>, dimensions: usize) -> rusqlite::Result<Vec<f32>> {
    let blob = blob.as_blob()?;
    if blob.len() == dimensions * size_of::<f32>() {
        return Ok(blob.as_chunks().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect());
    }
    let values: Vec<f16> = blob.as_chunks().0.iter().map(|bytes| f16::from_le_bytes(*bytes)).collect();
    Ok(values.to_f32_vec())
}
