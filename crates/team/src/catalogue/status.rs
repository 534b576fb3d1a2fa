//! What the library holds, in numbers.

use library::{Coverage, DocumentState, LibraryStatus, Result, Scope};

use crate::TeamLibrary;
use crate::search::InScope;
use crate::sql::count;

impl TeamLibrary {
    /// Whether there is anything to search.
    ///
    /// # Errors
    /// The server refuses.
    pub fn has_chunks(&self) -> Result<bool> {
        self.connections
            .read(async |session| Ok(session.row("SELECT EXISTS (SELECT 1 FROM chunks)", &[]).await?.get(0)))
    }

    /// What a search in this scope can see.
    ///
    /// # Errors
    /// The server refuses.
    pub fn coverage(&self, scope: &Scope) -> Result<Coverage> {
        self.connections.read(async |session| {
            let scope = InScope::of(session, scope).await?;
            let (condition, values) = scope.condition("documents.id", 0);
            let query = format!(
                "SELECT count(*) FILTER (WHERE failure IS NULL), count(*) FILTER (WHERE failure IS NOT NULL),
                        coalesce(sum(pages_without_text), 0)
                 FROM documents WHERE {condition}"
            );
            let row = session.row(&query, &values).await?;
            Ok(Coverage {
                indexed: count(row.get(0)),
                failed: count(row.get(1)),
                pages_without_text: count(row.get(2)),
                words_alone: false,
            })
        })
    }

    /// What the library holds.
    ///
    /// # Errors
    /// The server refuses.
    pub fn status(&self) -> Result<LibraryStatus> {
        let query = "SELECT (SELECT count(*) FROM pages), (SELECT count(*) FROM chunks),
                            (SELECT count(*) FROM chunks JOIN vectors USING (document_id, text_hash)
                             WHERE space_id = (SELECT active_space FROM library)),
                            (SELECT sum(pg_table_size(oid)) FROM pg_class
                             WHERE relnamespace = 'footnote'::regnamespace AND relkind = 'r')::bigint,
                            (SELECT sum(pg_indexes_size(oid)) FROM pg_class
                             WHERE relnamespace = 'footnote'::regnamespace AND relkind = 'r')::bigint";
        let (pages, chunks, vectors, tables, indexes) = self.connections.read(async |session| {
            let row = session.row(query, &[]).await?;
            let bytes = |column| row.get::<_, Option<i64>>(column).unwrap_or_default() as u64;
            Ok((count(row.get(0)), count(row.get(1)), count(row.get(2)), bytes(3), bytes(4)))
        })?;
        let mut failures = self.documents()?;
        let all = failures.len();
        failures.retain(|document| document.state != DocumentState::Indexed);
        Ok(LibraryStatus {
            folders: self.folders()?,
            documents: (all - failures.len()) as u32,
            pages,
            chunks,
            vectors,
            failures,
            index: None,
            database_bytes: tables,
            index_bytes: indexes,
        })
    }
}
