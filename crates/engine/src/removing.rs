//! Taking documents and folders out of the library.

use std::path::PathBuf;

use ingest::known_path;
use libraries::Library;

use crate::Engine;
use crate::api::{ApiError, RemoveRequest, Removed, RequestError};
use crate::overview::text;

impl Engine {
    /// Takes folders and files out of the library, and leaves what is on disk as it is. Waits for its turn where a job
    /// is under way.
    ///
    /// # Errors
    /// The library knows nothing of any of the paths, or it cannot be written.
    pub async fn remove(&self, request: RemoveRequest) -> Result<Removed, ApiError> {
        let turn = self.jobs.turn().await;
        let removed = self.with_library(move |library| {
            let _turn = turn;
            let removed = remove(library, &request.paths);
            library.release();
            removed
        });
        let removed = removed.await?;
        match &removed.unknown[..] {
            [unknown, ..] if removed.folders + removed.documents == 0 => {
                Err(RequestError::NotInLibrary { path: unknown.clone() }.into())
            }
            _ => Ok(removed),
        }
    }
}

fn remove(library: &Library, paths: &[PathBuf]) -> Result<Removed, library::Error> {
    let mut all = Removed::default();
    for path in paths {
        let removed = library.remove(&known_path(library, path)?)?;
        if removed == library::Removed::default() {
            all.unknown.push(text(path));
        }
        all.folders += removed.folders;
        all.documents += removed.documents;
    }
    Ok(all)
}
