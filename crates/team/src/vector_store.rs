//! Vectors by document and text, which are also the cache that keeps any text from being paid for twice.

use library::{ChunkId, Result, SpaceId, TextHash, UnembeddedText, embedded_text};
use pgvector::HalfVector;
use tokio_postgres::Row;
use vectors::VectorError;

use crate::TeamLibrary;
use crate::claims::LEASE_SECONDS;
use crate::sql::{count, number};

const TEXT: &str = "chunks.id, chunks.text_hash, chunks.text, chunks.context, chunks.embedded_text";

/// A chunk that lacks a vector of a space.
const LACKING: &str = "NOT EXISTS (SELECT 1 FROM vectors WHERE vectors.document_id = chunks.document_id
                           AND space_id = $1 AND vectors.text_hash = chunks.text_hash)";

impl TeamLibrary {
    /// Stores vectors of unit length for all documents that hold their texts. One that a document has already is kept instead;
    /// one whose text is gone meanwhile is kept for when it comes back.
    ///
    /// # Errors
    /// A vector does not fit the space, or the server refuses; none was stored.
    pub fn store_vectors(&self, space: SpaceId, vectors: &[(TextHash, Vec<f32>)]) -> Result<()> {
        let expected = self.connections.read(async |session| {
            let query = "SELECT dimensions FROM spaces WHERE id = $1";
            Ok(number(session.row(query, &[&(space.0 as i32)]).await?.get(0)) as usize)
        })?;
        for (_, vector) in vectors {
            if vector.len() != expected {
                return Err(VectorError::Dimensions { expected, received: vector.len() }.into());
            }
            if !vector.iter().all(|value| value.is_finite()) {
                return Err(VectorError::NotFinite.into());
            }
        }
        let hashes: Vec<&[u8]> = vectors.iter().map(|(hash, _)| hash.0.as_slice()).collect();
        let values: Vec<HalfVector> =
            vectors.iter().map(|(_, vector)| HalfVector::from_f32_slice(vector)).collect();
        self.connections.write(async |session| {
            session
                .change(
                    "INSERT INTO vectors (document_id, space_id, text_hash, vector)
                     SELECT DISTINCT coalesce(chunks.document_id, 0), $1::integer, hash, value
                     FROM unnest($2::bytea[], $3::halfvec[]) AS given (hash, value)
                     LEFT JOIN chunks ON text_hash = hash
                     ON CONFLICT DO NOTHING",
                    &[&(space.0 as i32), &hashes, &values],
                )
                .await?;
            let claimed = "DELETE FROM text_claims WHERE space_id = $1 AND text_hash = ANY($2)";
            session.change(claimed, &[&(space.0 as i32), &hashes]).await?;
            Ok(())
        })
    }

    /// Up to `limit` texts of chunks behind `after` that the space has no vector for, and that no other worker embeds: they are
    /// this one's for a while. Where none are left behind it, those in front are looked at once more, which another worker may
    /// have given back, or stored late.
    ///
    /// # Errors
    /// The server refuses.
    pub fn unembedded_texts(
        &self,
        space: SpaceId,
        after: ChunkId,
        limit: usize,
    ) -> Result<Vec<UnembeddedText>> {
        let texts = self.claimed_texts(space, after, limit)?;
        if texts.is_empty() && after.0 > 0 {
            return self.claimed_texts(space, ChunkId(0), limit);
        }
        Ok(texts)
    }

    fn claimed_texts(&self, space: SpaceId, after: ChunkId, limit: usize) -> Result<Vec<UnembeddedText>> {
        let claim = format!(
            "WITH lacking AS (
                 SELECT {TEXT} FROM chunks WHERE id > $2 AND {LACKING} AND NOT EXISTS (
                     SELECT 1 FROM text_claims
                     WHERE space_id = $1 AND text_claims.text_hash = chunks.text_hash AND until > now()
                 ) ORDER BY id LIMIT {limit} FOR UPDATE SKIP LOCKED
             ), claimed AS (
                 INSERT INTO text_claims (space_id, text_hash, until)
                 SELECT DISTINCT $1::integer, text_hash, now() + interval '{LEASE_SECONDS} s' FROM lacking
                 ORDER BY text_hash
                 ON CONFLICT (space_id, text_hash) DO UPDATE SET until = excluded.until WHERE text_claims.until < now()
                 RETURNING text_hash
             )
             SELECT DISTINCT ON (text_hash) lacking.* FROM lacking JOIN claimed USING (text_hash)
             ORDER BY text_hash, id"
        );
        let mut texts = self.connections.write(async |session| {
            let rows = session.rows(&claim, &[&(space.0 as i32), &after.0]).await?;
            Ok(rows.iter().map(unembedded).collect::<Vec<_>>())
        })?;
        texts.sort_by_key(|text| text.chunk);
        Ok(texts)
    }

    /// How many texts this model has no vector for, and some of them (`examples` at most), as they stand apart.
    ///
    /// # Errors
    /// The server refuses.
    pub fn texts_without_vectors(
        &self,
        model: &str,
        passage_instruction: &str,
        examples: usize,
    ) -> Result<(usize, Vec<String>)> {
        let lacking = "FROM chunks WHERE NOT EXISTS (
                           SELECT 1 FROM spaces JOIN vectors ON space_id = spaces.id
                           WHERE model = $1 AND passage_instruction = $2 AND vectors.document_id = chunks.document_id
                               AND vectors.text_hash = chunks.text_hash)";
        self.connections.read(async |session| {
            let query = format!("SELECT count(DISTINCT text_hash) {lacking}");
            let all: i64 = session.row(&query, &[&model, &passage_instruction]).await?.get(0);
            let apart = (all / (examples as i64).max(1)).max(1);
            let query = format!(
                "SELECT {TEXT} FROM (SELECT *, row_number() OVER (ORDER BY id) AS place FROM (
                     SELECT DISTINCT ON (text_hash) * {lacking}) AS texts) AS chunks
                 WHERE (place - 1) % {apart} = 0 ORDER BY id LIMIT {examples}"
            );
            let rows = session.rows(&query, &[&model, &passage_instruction]).await?;
            Ok((count(all) as usize, rows.iter().map(|row| unembedded(row).text).collect()))
        })
    }
}

fn unembedded(row: &Row) -> UnembeddedText {
    let hash: &[u8] = row.get(1);
    let text: String = row.get(2);
    let whole: Option<String> = row.get(4);
    UnembeddedText {
        chunk: ChunkId(row.get(0)),
        hash: TextHash(hash.try_into().unwrap_or_default()),
        text: match row.get::<_, Option<&str>>(3) {
            Some(context) => embedded_text(context, &text),
            None => whole.unwrap_or(text),
        },
    }
}
