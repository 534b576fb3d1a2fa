//! The schema's history. A released step is never changed: a new one is appended.

use library::{Result, ServerRefusal};

use crate::connection::{Connections, Session};
use crate::error::{Done, refused};

const STEPS: [&str; 1] = [include_str!("schema/1_initial.sql")];

/// Held while the schema changes: any number that nobody else takes.
const LOCK: i64 = 0x_466f_6f74_6e6f_7465;

/// The first version whose index goes on searching until a filter has let enough through.
const LEAST_PGVECTOR: (u32, u32) = (0, 8);

/// Brings the database to the latest schema, and begins a library where there is none. Only one member does so at a time.
pub(crate) fn migrate(connections: &Connections) -> Result<()> {
    let found = connections.read(async |session| version(session).await)?;
    if is_latest(found, connections.server())? {
        return Ok(());
    }
    connections.write(async |session| {
        session.rows("SELECT pg_advisory_xact_lock($1)", &[&LOCK]).await?;
        // Another member may have been faster.
        let found = version(session).await?;
        if is_latest(found, connections.server())? {
            return Ok(());
        }
        if found == 0 {
            begin(session, connections.server()).await?;
        }
        for step in &STEPS[found..] {
            session.run(step).await?;
        }
        let latest = STEPS.len() as i32;
        session.change("INSERT INTO footnote.versions (version) VALUES ($1)", &[&latest]).await?;
        Ok(())
    })
}

async fn begin(session: &Session<'_>, server: &str) -> Done<()> {
    let may: bool =
        session.row("SELECT has_database_privilege(current_database(), 'CREATE')", &[]).await?.get(0);
    if !may {
        return Err(refused(server, ServerRefusal::NotBegun).into());
    }
    let available = session
        .row_if_any("SELECT default_version FROM pg_available_extensions WHERE name = 'vector'", &[])
        .await?;
    let available: Option<String> = available.map(|row| row.get(0));
    if available.is_none_or(|version| pgvector(&version) < LEAST_PGVECTOR) {
        return Err(refused(server, ServerRefusal::NoPgvector).into());
    }
    session
        .run(
            "CREATE EXTENSION IF NOT EXISTS vector;
             CREATE SCHEMA footnote;
             CREATE TABLE footnote.versions (version integer PRIMARY KEY)",
        )
        .await
}

/// Its first two numbers.
fn pgvector(version: &str) -> (u32, u32) {
    let mut numbers = version.split('.').map(|number| number.parse().unwrap_or_default());
    (numbers.next().unwrap_or_default(), numbers.next().unwrap_or_default())
}

/// How many steps the database has gone.
async fn version(session: &Session<'_>) -> Done<usize> {
    let there: bool = session.row("SELECT to_regclass('footnote.versions') IS NOT NULL", &[]).await?.get(0);
    if !there {
        return Ok(0);
    }
    let version: Option<i32> = session.row("SELECT max(version) FROM footnote.versions", &[]).await?.get(0);
    Ok(version.and_then(|version| usize::try_from(version).ok()).unwrap_or_default())
}

fn is_latest(version: usize, server: &str) -> Result<bool> {
    if version > STEPS.len() {
        Err(refused(server, ServerRefusal::TooNew))
    } else {
        Ok(version == STEPS.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_of_pgvector_are_compared_by_number() {
        assert!(
            pgvector("0.8.5") >= LEAST_PGVECTOR
                && pgvector("0.10.0") >= LEAST_PGVECTOR
                && pgvector("1.0") >= LEAST_PGVECTOR
        );
        assert!(pgvector("0.7.4") < LEAST_PGVECTOR);
    }
}
