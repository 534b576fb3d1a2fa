//! Embedding spaces: vectors may be compared only within one.

use library::{EmbeddingSpace, KeptSpace, Result, SpaceId};
use tokio_postgres::Row;

use crate::TeamLibrary;
use crate::connection::Session;
use crate::error::Done;
use crate::sql::{count, number};

const SPACE: &str = "spaces.id, model, passage_instruction, dimensions";

impl TeamLibrary {
    /// The id of a space, which is made known if it was not, and where its model is found. The first one becomes the active
    /// one.
    ///
    /// # Errors
    /// The server refuses.
    pub fn space(&self, space: &EmbeddingSpace, source: Option<&str>) -> Result<SpaceId> {
        let dimensions = space.dimensions as i32;
        let known = self.connections.read(async |session| {
            let query = "SELECT id, source FROM spaces
                         WHERE model = $1 AND passage_instruction = $2 AND dimensions = $3";
            let values: [&(dyn tokio_postgres::types::ToSql + Sync); 3] =
                [&space.model, &space.passage_instruction, &dimensions];
            let row = session.row_if_any(query, &values).await?;
            Ok(row.map(|row| (id(&row), row.get::<_, Option<String>>(1))))
        })?;
        if let Some((id, known)) = known
            && (source.is_none() || source == known.as_deref())
        {
            return Ok(id);
        }
        self.connections.write(async |session| {
            let begin = "SELECT begin_space($1, $2, $3, $4)";
            let row =
                session.row(begin, &[&space.model, &space.passage_instruction, &dimensions, &source]).await?;
            Ok(id(&row))
        })
    }

    /// The space that dense search looks in, if any vector was ever stored.
    ///
    /// # Errors
    /// The server refuses.
    pub fn active_space(&self) -> Result<Option<(SpaceId, EmbeddingSpace)>> {
        self.connections.read(async |session| active(session).await)
    }

    /// All spaces that are kept, in the order in which they were begun.
    ///
    /// # Errors
    /// The server refuses.
    pub fn spaces(&self) -> Result<Vec<KeptSpace>> {
        let query = format!(
            "SELECT {SPACE}, source, spaces.id IS NOT DISTINCT FROM (SELECT active_space FROM library),
                    count(text_hash), coalesce(sum(pg_column_size(vector)), 0)
                        + coalesce(pg_relation_size(to_regclass('vectors_near_' || spaces.id)), 0)
             FROM spaces LEFT JOIN vectors ON space_id = spaces.id GROUP BY spaces.id ORDER BY spaces.id"
        );
        self.connections.read(async |session| {
            let rows = session.rows(&query, &[]).await?;
            let kept = |row: &Row| KeptSpace {
                id: id(row),
                space: space(row),
                source: row.get(4),
                is_active: row.get(5),
                vectors: count(row.get(6)),
                bytes: row.get::<_, i64>(7) as u64,
            };
            Ok(rows.iter().map(kept).collect())
        })
    }

    /// Forgets a space with its vectors, unless it is the active one. Returns whether it did.
    ///
    /// # Errors
    /// The server refuses.
    pub fn drop_space(&self, space: SpaceId) -> Result<bool> {
        self.connections.write(async |session| {
            Ok(session.row("SELECT drop_space($1)", &[&(space.0 as i32)]).await?.get(0))
        })
    }

    /// How many chunks have a vector of this model.
    ///
    /// # Errors
    /// The server refuses.
    pub fn embedded_chunks(&self, model: &str, passage_instruction: &str) -> Result<u32> {
        let query = "SELECT count(DISTINCT chunks.id) FROM chunks JOIN vectors USING (document_id, text_hash)
                     JOIN spaces ON spaces.id = space_id WHERE model = $1 AND passage_instruction = $2";
        self.connections.read(async |session| {
            Ok(count(session.row(query, &[&model, &passage_instruction]).await?.get(0)))
        })
    }

    /// Makes dense search look in this space from now on.
    ///
    /// # Errors
    /// The server refuses.
    pub fn activate_space(&self, space: SpaceId) -> Result<()> {
        self.connections.write(async |session| {
            session
                .change(
                    "UPDATE library SET active_space = $1 WHERE active_space IS DISTINCT FROM $1",
                    &[&(space.0 as i32)],
                )
                .await?;
            Ok(())
        })
    }
}

pub(crate) async fn active(session: &Session<'_>) -> Done<Option<(SpaceId, EmbeddingSpace)>> {
    let query = format!("SELECT {SPACE} FROM spaces WHERE id = (SELECT active_space FROM library)");
    let row = session.row_if_any(&query, &[]).await?;
    Ok(row.map(|row| (id(&row), space(&row))))
}

fn id(row: &Row) -> SpaceId {
    SpaceId(i64::from(row.get::<_, i32>(0)))
}

fn space(row: &Row) -> EmbeddingSpace {
    EmbeddingSpace {
        model: row.get(1),
        passage_instruction: row.get(2),
        dimensions: number(row.get(3)) as usize,
    }
}
