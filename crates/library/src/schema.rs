//! The schema's history. A released step is never changed: a new one is appended.

use std::path::Path;
use std::sync::LazyLock;

use rusqlite::{Connection, Transaction};
use rusqlite_migration::{M, Migrations, SchemaVersion};

use crate::catalogue::fold_all_names;
use crate::connection::Connections;
use crate::conversations::take_in_all;
use crate::write_lock::WriteLock;
use crate::{Error, Result};

/// The steps of a database.
pub(crate) struct Schema {
    steps: Migrations<'static>,
    /// The version that the last of them leads to.
    latest: usize,
}

pub(crate) static LIBRARY: LazyLock<Schema> = LazyLock::new(|| {
    Schema::new(vec![
        M::up(include_str!("schema/1_initial.sql")),
        M::up(include_str!("schema/2_pictures.sql")),
        // It filled its tables once, which a later step takes away.
        M::up(include_str!("schema/3_words.sql")),
        M::up(include_str!("schema/4_warnings.sql")),
        M::up(include_str!("schema/5_transcripts.sql")),
        M::up_with_hook(include_str!("schema/6_answers.sql"), |transaction: &Transaction<'_>| {
            Ok(take_in_all(transaction)?)
        }),
        M::up(include_str!("schema/7_exclusions.sql")),
        M::up(include_str!("schema/8_mount_points.sql")),
        M::up_with_hook(include_str!("schema/9_folded_names.sql"), |transaction: &Transaction<'_>| {
            Ok(fold_all_names(transaction)?)
        }),
        M::up(include_str!("schema/10_page_labels.sql")),
        M::up(include_str!("schema/11_coded.sql")),
        M::up(include_str!("schema/12_recorded.sql")),
        M::up(include_str!("schema/13_word_changes.sql")),
        M::up(include_str!("schema/14_packed.sql")),
        M::up(include_str!("schema/15_jobs.sql")),
        M::up(include_str!("schema/16_deflated.sql")),
    ])
});

pub(crate) static LEDGER: LazyLock<Schema> =
    LazyLock::new(|| Schema::new(vec![M::up(include_str!("schema/ledger/1_requests.sql"))]));

impl Schema {
    fn new(steps: Vec<M<'static>>) -> Self {
        Self { latest: steps.len(), steps: Migrations::new(steps) }
    }

    /// Brings a database to the latest schema. Only one process does so at a time.
    pub(crate) fn migrate(&self, connections: &Connections, lock: &WriteLock) -> Result<()> {
        if connections.read(|connection| Ok(self.is_latest(connection, connections.file())))?? {
            return Ok(());
        }
        let mut writer = connections.writer()?;
        let _lock = lock.acquire_for_a_moment()?;
        // Where another process was faster, there is nothing left to do.
        self.bring_up(&mut writer, connections.file())
    }

    /// Whether a database has the latest schema.
    ///
    /// # Errors
    /// It has a later one.
    pub(crate) fn is_latest(&self, connection: &Connection, file: &Path) -> Result<bool> {
        match self.steps.current_version(connection).map_err(|source| failed(file, source))? {
            SchemaVersion::Outside(found) => {
                Err(Error::NewerSchema { file: file.to_owned(), found: found.get(), known: self.latest })
            }
            SchemaVersion::Inside(version) => Ok(version.get() == self.latest),
            SchemaVersion::NoneSet => Ok(false),
        }
    }

    /// Brings a database that nobody else changes to the latest schema.
    pub(crate) fn bring_up(&self, connection: &mut Connection, file: &Path) -> Result<()> {
        self.steps.to_latest(connection).map_err(|source| failed(file, source))
    }
}

fn failed(file: &Path, source: rusqlite_migration::Error) -> Error {
    match source {
        rusqlite_migration::Error::RusqliteError { err, .. } => Error::database(file, err),
        source => Error::Migration { file: file.to_owned(), source },
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn steps_are_valid() {
        for schema in [&super::LIBRARY, &super::LEDGER] {
            schema.steps.validate().unwrap();
        }
    }
}
