//! Embedding spaces: vectors may be compared only within one.

use rusqlite::{Connection, OptionalExtension, params};

use crate::id::row_id;
use crate::{Library, Result};

row_id! {
    /// An embedding space.
    SpaceId
}

/// What a vector belongs to. The instruction in front of questions is no part of it: no stored vector depends
/// on that.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct EmbeddingSpace {
    /// The model's name as the endpoint knows it.
    pub model: String,
    /// What is put in front of each passage; empty for most models.
    pub passage_instruction: String,
    /// How many values a vector has.
    pub dimensions: usize,
}

impl EmbeddingSpace {
    /// Whether it has the vectors of this model, made with this instruction.
    #[must_use]
    pub fn is_of(&self, model: &str, passage_instruction: &str) -> bool {
        self.model == model && self.passage_instruction == passage_instruction
    }
}

impl Library {
    /// The id of a space, which is made known if it was not. The first one becomes the active one.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn space(&self, space: &EmbeddingSpace) -> Result<SpaceId> {
        let known = self.read(|connection| find(connection, space))?;
        if let Some(id) = known {
            return Ok(id);
        }
        let id = self.write_documents(|transaction| {
            transaction.execute(
                "INSERT INTO spaces (model, passage_instruction, dimensions) VALUES (?1, ?2, ?3)
                 ON CONFLICT DO NOTHING",
                params![space.model, space.passage_instruction, space.dimensions],
            )?;
            let id = find(transaction, space)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
            transaction.execute("UPDATE library SET active_space = ?1 WHERE active_space IS NULL", [id])?;
            Ok(id)
        })?;
        self.index.follow(&self.connections)?;
        Ok(id)
    }

    /// The space that dense search looks in, if any vector was ever stored.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn active_space(&self) -> Result<Option<(SpaceId, EmbeddingSpace)>> {
        self.read(active)
    }

    /// How many chunks have a vector of this model.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn embedded_chunks(&self, model: &str, passage_instruction: &str) -> Result<u32> {
        self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT count(DISTINCT chunks.id) FROM spaces
                     JOIN vectors ON space_id = spaces.id JOIN chunks USING (text_hash)
                     WHERE model = ?1 AND passage_instruction = ?2",
                )?
                .query_row([model, passage_instruction], |row| row.get(0))
        })
    }

    /// Makes dense search look in this space from now on. Do so when [`Library::unembedded_texts`] has no more
    /// for it: a chunk without a vector in the active space is found by its words only.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn activate_space(&self, space: SpaceId) -> Result<()> {
        self.write_documents(|transaction| {
            transaction.execute("UPDATE library SET active_space = ?1", [space])
        })?;
        self.index.follow(&self.connections)
    }
}

fn find(connection: &Connection, space: &EmbeddingSpace) -> rusqlite::Result<Option<SpaceId>> {
    connection
        .prepare_cached(
            "SELECT id FROM spaces WHERE model = ?1 AND passage_instruction = ?2 AND dimensions = ?3",
        )?
        .query_row(params![space.model, space.passage_instruction, space.dimensions], |row| row.get(0))
        .optional()
}

pub(crate) fn active(connection: &Connection) -> rusqlite::Result<Option<(SpaceId, EmbeddingSpace)>> {
    connection
        .prepare_cached(
            "SELECT id, model, passage_instruction, dimensions FROM spaces
             WHERE id = (SELECT active_space FROM library)",
        )?
        .query_row([], |row| {
            let space = EmbeddingSpace {
                model: row.get(1)?,
                passage_instruction: row.get(2)?,
                dimensions: row.get(3)?,
            };
            Ok((row.get(0)?, space))
        })
        .optional()
}
