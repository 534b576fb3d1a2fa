//! Who reads which file: each is read by one worker at a time, and by another where that one has died.

use std::path::Path;

use library::Result;
use uuid::Uuid;

use crate::TeamLibrary;
use crate::sql::path_column;

/// So long a claim lasts. What takes longer may be done twice, and is stored once.
pub(crate) const LEASE_SECONDS: i64 = 120;

/// One process that fills the library.
pub(crate) struct Worker(Uuid);

impl Default for Worker {
    fn default() -> Self {
        Self(Uuid::new_v4())
    }
}

impl TeamLibrary {
    /// Takes the right to read a file for a while. Returns whether no other worker has it. It goes when the file's document
    /// or failure is stored.
    ///
    /// # Errors
    /// The server refuses.
    pub fn claim(&self, path: &Path) -> Result<bool> {
        let claim = format!(
            "INSERT INTO claims (path, worker, until) VALUES ($1, $2, now() + interval '{LEASE_SECONDS} s')
             ON CONFLICT (path) DO UPDATE SET worker = excluded.worker, until = excluded.until
             WHERE claims.worker = excluded.worker OR claims.until < now()"
        );
        let Worker(worker) = self.worker;
        self.connections
            .write(async |session| Ok(session.change(&claim, &[&path_column(path), &worker]).await? == 1))
    }

    /// Gives back what this worker has claimed and not stored.
    ///
    /// # Errors
    /// The server refuses.
    pub fn give_back_claims(&self) -> Result<()> {
        let Worker(worker) = self.worker;
        self.connections.write(async |session| {
            session.change("DELETE FROM claims WHERE worker = $1 OR until < now()", &[&worker]).await?;
            session.change("DELETE FROM text_claims WHERE until < now()", &[]).await?;
            Ok(())
        })
    }
}
