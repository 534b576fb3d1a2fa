//! The folders that are looked at again by a sync, what is left out of them, and where other drives begin in them.

use std::path::{Path, PathBuf};

use library::{DocumentId, Exclusions, Folder, FolderId, Removed, Result};

use crate::TeamLibrary;
use crate::connection::Session;
use crate::error::Done;
use crate::sql::{path_column, path_of};

impl TeamLibrary {
    /// Remembers a folder, and returns the same id when it is remembered already. Remembered folders in it that a walk
    /// through it `reaches` become a part of it, and so do such files that were added by themselves.
    ///
    /// # Errors
    /// The server refuses.
    pub fn add_folder(&self, path: &Path, mut reaches: impl FnMut(&Path) -> bool) -> Result<FolderId> {
        self.connections.write(async |session| {
            let row = session
                .row(
                    "INSERT INTO folders (path) VALUES ($1) ON CONFLICT (path) DO UPDATE SET path = excluded.path
                     RETURNING id",
                    &[&path_column(path)],
                )
                .await?;
            let id = FolderId(row.get(0));
            let exclusions = exclusions(session).await?;
            let mut is_inner = |inner: &Path| exclusions.let_through(path, inner) && reaches(inner);
            let documents = paths(session).await?.into_iter();
            let inner: Vec<i64> =
                documents.filter(|(_, file)| is_inner(file)).map(|(document, _)| document.0).collect();
            session
                .change(
                    "UPDATE documents SET folder_id = $2 WHERE id = ANY($1) AND folder_id IS DISTINCT FROM $2",
                    &[&inner, &id.0],
                )
                .await?;
            let others = folders(session).await?.into_iter().filter(|folder| folder.id != id);
            let inner: Vec<i64> =
                others.filter(|folder| is_inner(&folder.path)).map(|folder| folder.id.0).collect();
            session.change("DELETE FROM folders WHERE id = ANY($1)", &[&inner]).await?;
            Ok(id)
        })
    }

    /// All folders, by path.
    ///
    /// # Errors
    /// The server refuses.
    pub fn folders(&self) -> Result<Vec<Folder>> {
        self.connections.read(async |session| folders(session).await)
    }

    /// Takes a file, or a folder with all in it, out of the library. Where it lies in a remembered folder it is left out of
    /// that from now on. Nothing is removed where the library knows nothing there.
    ///
    /// # Errors
    /// The server refuses; nothing was removed.
    pub fn remove(&self, path: &Path) -> Result<Removed> {
        self.connections.write(async |session| {
            let documents = paths(session).await?.into_iter();
            let documents: Vec<i64> = documents
                .filter(|(_, file)| file.starts_with(path))
                .map(|(document, _)| document.0)
                .collect();
            let (inner, others): (Vec<_>, Vec<_>) =
                folders(session).await?.into_iter().partition(|folder| folder.path.starts_with(path));
            session.change("DELETE FROM documents WHERE id = ANY($1)", &[&documents]).await?;
            forget_mount_points(session, path).await?;
            let ids: Vec<i64> = inner.iter().map(|folder| folder.id.0).collect();
            session.change("DELETE FROM folders WHERE id = ANY($1)", &[&ids]).await?;
            let removed = Removed { folders: inner.len() as u32, documents: documents.len() as u32 };
            if removed != Removed::default() {
                let is_watched = others.iter().any(|folder| path.starts_with(&folder.path));
                set_exclusion(session, path, is_watched).await?;
            }
            Ok(removed)
        })
    }

    /// What a member has taken out of the remembered folders.
    ///
    /// # Errors
    /// The server refuses.
    pub fn exclusions(&self) -> Result<Exclusions> {
        self.connections.read(async |session| exclusions(session).await)
    }

    /// Lets a path be taken in again.
    ///
    /// # Errors
    /// The server refuses.
    pub fn lift_exclusion(&self, path: &Path) -> Result<()> {
        self.connections.write(async |session| {
            session.change("DELETE FROM exclusions WHERE path = $1", &[&path_column(path)]).await?;
            Ok(())
        })
    }

    /// The folders below this one at which another drive began when it was last looked at, by path.
    ///
    /// # Errors
    /// The server refuses.
    pub fn mount_points(&self, folder: &Path) -> Result<Vec<PathBuf>> {
        self.connections.read(async |session| mount_points(session, folder).await)
    }

    /// Remembers where other drives begin below a folder, in place of what was known.
    ///
    /// # Errors
    /// The server refuses.
    pub fn set_mount_points(&self, folder: &Path, points: &[PathBuf]) -> Result<()> {
        let stored: Vec<&[u8]> = points.iter().map(|point| path_column(point)).collect();
        self.connections.write(async |session| {
            forget_mount_points(session, folder).await?;
            let insert = "INSERT INTO mount_points SELECT unnest($1::bytea[]) ON CONFLICT DO NOTHING";
            session.change(insert, &[&stored]).await?;
            Ok(())
        })
    }
}

async fn folders(session: &Session<'_>) -> Done<Vec<Folder>> {
    let rows = session.rows("SELECT id, path FROM folders ORDER BY path", &[]).await?;
    let folder = |row: &tokio_postgres::Row| Folder { id: FolderId(row.get(0)), path: path_of(row.get(1)) };
    Ok(rows.iter().map(folder).collect())
}

async fn paths(session: &Session<'_>) -> Done<Vec<(DocumentId, PathBuf)>> {
    let rows = session.rows("SELECT id, path FROM documents", &[]).await?;
    Ok(rows.iter().map(|row| (DocumentId(row.get(0)), path_of(row.get(1)))).collect())
}

async fn exclusions(session: &Session<'_>) -> Done<Exclusions> {
    Ok(excluded(session).await?.into_iter().collect())
}

async fn excluded(session: &Session<'_>) -> Done<Vec<PathBuf>> {
    let rows = session.rows("SELECT path FROM exclusions", &[]).await?;
    Ok(rows.iter().map(|row| path_of(row.get(0))).collect())
}

/// Leaves out a path, or lets in what is left out at or below it.
async fn set_exclusion(session: &Session<'_>, path: &Path, is_excluded: bool) -> Done<()> {
    let inner: Vec<PathBuf> =
        excluded(session).await?.into_iter().filter(|known| known.starts_with(path)).collect();
    let inner: Vec<&[u8]> = inner.iter().map(|path| path_column(path)).collect();
    session.change("DELETE FROM exclusions WHERE path = ANY($1)", &[&inner]).await?;
    if is_excluded {
        session.change("INSERT INTO exclusions (path) VALUES ($1)", &[&path_column(path)]).await?;
    }
    Ok(())
}

async fn mount_points(session: &Session<'_>, folder: &Path) -> Done<Vec<PathBuf>> {
    let rows = session.rows("SELECT path FROM mount_points", &[]).await?;
    let mut points: Vec<PathBuf> = rows.iter().map(|row| path_of(row.get(0))).collect();
    points.retain(|point| point.starts_with(folder));
    points.sort();
    Ok(points)
}

/// Forgets this folder and those below it.
async fn forget_mount_points(session: &Session<'_>, folder: &Path) -> Done<()> {
    let points = mount_points(session, folder).await?;
    let points: Vec<&[u8]> = points.iter().map(|point| path_column(point)).collect();
    session.change("DELETE FROM mount_points WHERE path = ANY($1)", &[&points]).await?;
    Ok(())
}
