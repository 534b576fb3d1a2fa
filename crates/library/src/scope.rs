//! Which documents a search may find.

use std::path::PathBuf;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use crate::{Document, DocumentId, Error, Library, Result};

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
        let is_inside = |document: &Document| {
            let path = &document.path;
            let matches = globs.is_empty()
                || globs.is_match(path)
                || path.file_name().is_some_and(|name| globs.is_match(name));
            matches && scope.folder.as_ref().is_none_or(|folder| path.starts_with(folder))
        };
        let documents = self.documents()?;
        Ok(Some(documents.into_iter().filter(is_inside).map(|document| document.id).collect()))
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
