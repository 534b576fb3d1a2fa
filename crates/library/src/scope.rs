//! Which documents a search may find.

use std::ffi::OsStr;
use std::path::PathBuf;

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
    /// Only documents below a folder of one of these names, in small or capital letters; all where there are none.
    pub folder_names: Vec<String>,
    /// Only documents whose file has one of these extensions; all where there are none.
    pub types: Vec<String>,
    /// Only documents whose file was changed before this moment, in nanoseconds since 1970.
    pub modified_before: Option<i64>,
    /// Only documents whose file was changed at this moment or later, in nanoseconds since 1970.
    pub modified_since: Option<i64>,
}

/// What a scope looks at.
struct Candidate {
    id: DocumentId,
    path: PathBuf,
    mtime_ns: i64,
}

impl Library {
    /// The documents in a scope; `None` for all.
    pub(crate) fn documents_in(&self, scope: &Scope) -> Result<Option<Vec<DocumentId>>> {
        if *scope == Scope::default() {
            return Ok(None);
        }
        let globs = globs(&scope.documents)?;
        let candidates: Vec<Candidate> = self.read(|connection| {
            connection
                .prepare_cached("SELECT id, path, mtime_ns FROM documents")?
                .query_map([], |row| {
                    let path: String = row.get(1)?;
                    Ok(Candidate { id: row.get(0)?, path: path.into(), mtime_ns: row.get(2)? })
                })?
                .collect()
        })?;
        let inside = candidates.into_iter().filter(|candidate| scope.holds(candidate, &globs));
        Ok(Some(inside.map(|candidate| candidate.id).collect()))
    }
}

impl Scope {
    fn holds(&self, candidate: &Candidate, globs: &GlobSet) -> bool {
        let Candidate { path, mtime_ns, .. } = candidate;
        let is = |text: Option<&OsStr>, name: &String| {
            text.is_some_and(|text| text.to_string_lossy().eq_ignore_ascii_case(name))
        };
        let is_named = || globs.is_match(path) || path.file_name().is_some_and(|name| globs.is_match(name));
        let is_below = |name: &String| path.ancestors().skip(1).any(|folder| is(folder.file_name(), name));
        let is_of_type = |name: &String| is(path.extension(), name);
        (globs.is_empty() || is_named())
            && self.folder.as_ref().is_none_or(|folder| path.starts_with(folder))
            && (self.folder_names.is_empty() || self.folder_names.iter().any(is_below))
            && (self.types.is_empty() || self.types.iter().any(is_of_type))
            && self.modified_before.is_none_or(|moment| *mtime_ns < moment)
            && self.modified_since.is_none_or(|moment| *mtime_ns >= moment)
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
