//! Embedding spaces: vectors may be compared only within one.

use rusqlite::{Connection, OptionalExtension, params};

use crate::catalogue::bytes_of;
use crate::id::row_id;
use crate::vector_store::bytes_of_vector;
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

/// A space with what is kept of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptSpace {
    /// Its id.
    pub id: SpaceId,
    /// What its vectors belong to.
    pub space: EmbeddingSpace,
    /// Where its model is found, in the words of whoever filled it.
    pub source: Option<String>,
    /// Whether dense search looks in it.
    pub is_active: bool,
    /// Its vectors, those of texts that no chunk holds any more included.
    pub vectors: u32,
    /// What they take, with the files of their index.
    pub bytes: u64,
}

impl Library {
    /// The id of a space, which is made known if it was not, and where its model is found. The first one becomes the active
    /// one.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn space(&self, space: &EmbeddingSpace, source: Option<&str>) -> Result<SpaceId> {
        let known = self.read(|connection| find(connection, space))?;
        if let Some((id, known)) = known
            && (source.is_none() || source == known.as_deref())
        {
            return Ok(id);
        }
        let id = self.write_documents(|transaction| {
            transaction.execute(
                "INSERT INTO spaces (model, passage_instruction, dimensions, source) VALUES (?1, ?2, ?3, ?4)
                 ON CONFLICT DO UPDATE SET source = excluded.source",
                params![space.model, space.passage_instruction, space.dimensions, source],
            )?;
            let (id, _) = find(transaction, space)?.ok_or(rusqlite::Error::QueryReturnedNoRows)?;
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

    /// All spaces that are kept, in the order in which they were begun.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn spaces(&self) -> Result<Vec<KeptSpace>> {
        let mut spaces: Vec<KeptSpace> = self.read(|connection| {
            connection
                .prepare_cached(
                    "SELECT id, model, passage_instruction, dimensions, source,
                            id IS (SELECT active_space FROM library),
                            (SELECT count(*) FROM vectors WHERE space_id = spaces.id)
                     FROM spaces ORDER BY id",
                )?
                .query_map([], |row| {
                    let space = EmbeddingSpace {
                        model: row.get(1)?,
                        passage_instruction: row.get(2)?,
                        dimensions: row.get(3)?,
                    };
                    let vectors: u32 = row.get(6)?;
                    Ok(KeptSpace {
                        id: row.get(0)?,
                        bytes: u64::from(vectors) * bytes_of_vector(space.dimensions),
                        space,
                        source: row.get(4)?,
                        is_active: row.get(5)?,
                        vectors,
                    })
                })?
                .collect()
        })?;
        for space in &mut spaces {
            space.bytes += bytes_of(&self.index.directory_of(space.id));
        }
        Ok(spaces)
    }

    /// Forgets a space with its vectors, unless it is the active one. Returns whether it did.
    ///
    /// # Errors
    /// The library cannot be written.
    pub fn drop_space(&self, space: SpaceId) -> Result<bool> {
        let dropped = self.write_documents(|transaction| {
            let is_active =
                transaction.query_row("SELECT ?1 IS (SELECT active_space FROM library)", [space], |row| {
                    row.get::<_, bool>(0)
                })?;
            if is_active {
                return Ok(false);
            }
            transaction.execute("DELETE FROM vectors WHERE space_id = ?1", [space])?;
            Ok(transaction.execute("DELETE FROM spaces WHERE id = ?1", [space])? == 1)
        })?;
        if dropped {
            // Files that stay are of a space that is not there: nothing reads them.
            let _ = std::fs::remove_dir_all(self.index.directory_of(space));
        }
        Ok(dropped)
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

fn find(
    connection: &Connection,
    space: &EmbeddingSpace,
) -> rusqlite::Result<Option<(SpaceId, Option<String>)>> {
    connection
        .prepare_cached(
            "SELECT id, source FROM spaces WHERE model = ?1 AND passage_instruction = ?2 AND dimensions = ?3",
        )?
        .query_row(params![space.model, space.passage_instruction, space.dimensions], |row| {
            Ok((row.get(0)?, row.get(1)?))
        })
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
