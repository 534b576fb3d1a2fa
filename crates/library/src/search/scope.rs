//! Which documents a search may find.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use rusqlite::{Connection, params};

use crate::{DocumentId, Error, Result};

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

/// The globs of a scope, ready to match.
pub(crate) struct Globs(GlobSet);

impl Scope {
    pub(crate) fn globs(&self) -> Result<Globs> {
        let mut globs = GlobSetBuilder::new();
        for pattern in &self.documents {
            let glob = GlobBuilder::new(pattern).case_insensitive(true).build();
            globs.add(glob.map_err(|source| Error::Glob { glob: pattern.clone(), source })?);
        }
        let globs = globs.build();
        globs.map(Globs).map_err(|source| Error::Glob { glob: self.documents.join(", "), source })
    }

    /// The documents in it; `None` for all.
    pub(crate) fn documents(
        &self,
        connection: &Connection,
        globs: &Globs,
    ) -> rusqlite::Result<Option<Vec<DocumentId>>> {
        if *self == Self::default() {
            return Ok(None);
        }
        let mut select = connection.prepare_cached(
            "SELECT id, path FROM documents
             WHERE mtime_ns < coalesce(?1, mtime_ns + 1) AND mtime_ns >= coalesce(?2, mtime_ns)",
        )?;
        let mut rows = select.query(params![self.modified_before, self.modified_since])?;
        let mut documents = Vec::new();
        while let Some(row) = rows.next()? {
            if self.holds(Path::new(row.get_ref(1)?.as_str()?), globs) {
                documents.push(row.get(0)?);
            }
        }
        Ok(Some(documents))
    }

    fn holds(&self, path: &Path, Globs(globs): &Globs) -> bool {
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
    }
}
