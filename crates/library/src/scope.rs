//! Which documents a search may find.

use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::{DocumentId, Error, Library, Result};

/// Which documents a search may find. The default is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only documents whose path or file name matches one of these globs, in small or capital letters;
    /// all where there are none.
    pub documents: Vec<String>,
    /// Only documents below this folder.
    pub folder: Option<PathBuf>,
}

impl Library {
    /// The documents in a scope; `None` for all.
    pub(crate) fn documents_in(&self, scope: &Scope) -> Result<Option<Vec<DocumentId>>> {
        if *scope == Scope::default() {
            return Ok(None);
        }
        let globs = globs(&scope.documents)?;
        let is_inside = |path: &Path| {
            let named = globs.is_empty()
                || globs.is_match(path)
                || path.file_name().is_some_and(|name| globs.is_match(name));
            named && scope.folder.as_ref().is_none_or(|folder| path.starts_with(folder))
        };
        let documents: Vec<(DocumentId, String)> = self.read(|connection| {
            connection
                .prepare_cached("SELECT id, path FROM documents")?
                .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
                .collect()
        })?;
        Ok(Some(
            documents.into_iter().filter(|(_, path)| is_inside(Path::new(path))).map(|(id, _)| id).collect(),
        ))
    }
}

fn globs(patterns: &[String]) -> Result<GlobSet> {
    let mut globs = GlobSetBuilder::new();
    for pattern in patterns {
        let glob = GlobBuilder::new(pattern).case_insensitive(true).build();
        globs.add(glob.map_err(|source| Error::Glob { glob: pattern.clone(), source })?);
    }
    globs.build().map_err(|source| Error::Glob { glob: patterns.join(", "), source })
}
