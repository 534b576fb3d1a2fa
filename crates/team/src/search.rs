//! Search: what a question may be answered by, with all that is measured of it, as `library` measures it.

mod bearing;
mod dense;
mod lexical;
mod naming;
mod scope;
mod sought;

use std::collections::HashMap;

use library::{Candidates, ChunkId, ChunkPlace, Query, Result};

use crate::TeamLibrary;
use crate::catalogue::{PLACE, place};
use crate::connection::Session;
use crate::error::Done;

pub(crate) use scope::InScope;
pub(crate) use sought::{length, vector_of_words};

/// The planner does not see how rare a word is while it plans, and would read all rows for a few.
const BY_INDEX: &str = "SET LOCAL enable_seqscan = off";

impl TeamLibrary {
    /// The chunks and pages that may answer a question, as one state of the library has them. It takes the same number of
    /// statements however much is found.
    ///
    /// # Errors
    /// The server refuses.
    pub fn candidates(&self, query: &Query<'_>) -> Result<Candidates> {
        self.connections.read(async |session| {
            session.run(BY_INDEX).await?;
            let scope = InScope::of(session, query.scope).await?;
            let mut found = lexical::search(session, query, &scope).await?;
            found.names = naming::names(session, query.text).await?;
            if let Some(vector) = query.vector {
                found.near = dense::search(session, vector, query.near, &scope).await?;
            }
            let by_words = found.lexical.iter().chain(&found.phrases).map(|hit| hit.chunk);
            let chunks: Vec<i64> =
                by_words.chain(found.near.iter().map(|hit| hit.chunk)).map(|chunk| chunk.0).collect();
            found.places = places(session, &chunks).await?;
            Ok(found)
        })
    }
}

async fn places(session: &Session<'_>, chunks: &[i64]) -> Done<HashMap<ChunkId, ChunkPlace>> {
    let query = format!("SELECT {PLACE} FROM chunks WHERE id = ANY($1)");
    let places = session.rows(&query, &[&chunks]).await?;
    Ok(places.iter().map(place).map(|place| (place.chunk, place)).collect())
}
