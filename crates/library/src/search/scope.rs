//! Which documents a search may find.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use globset::{Glob, GlobMatcher};
use unicode_normalization::UnicodeNormalization as _;

use rusqlite::Connection;

use crate::path::PathColumn;
use crate::{DocumentId, Error, Library, Result};

/// Which documents a search may find. The default is all of them. Names fit in small or capital letters, and with
/// composed or decomposed accents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only documents that are called so: by their path, its end, or, where none is, by a glob of either;
    /// all where there are none.
    pub documents: Vec<String>,
    /// Only documents below this folder.
    pub folder: Option<PathBuf>,
    /// Only documents below a folder of one of these names; all where there are none.
    pub folder_names: Vec<String>,
    /// Only documents whose file has one of these extensions; all where there are none.
    pub types: Vec<String>,
    /// Only documents whose file was changed before this moment, in nanoseconds since 1970.
    pub modified_before: Option<i64>,
    /// Only documents whose file was changed at this moment or later, in nanoseconds since 1970.
    pub modified_since: Option<i64>,
}

/// Something that a scope asks of documents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ScopePart {
    /// One of [`Scope::documents`].
    Document(String),
    /// [`Scope::folder`].
    Folder(PathBuf),
    /// One of [`Scope::folder_names`].
    FolderName(String),
    /// One of [`Scope::types`].
    Type(String),
}

/// What a scope looks at.
struct Candidate {
    id: DocumentId,
    /// As [`folded`].
    path: PathBuf,
    mtime_ns: i64,
}

/// How a document shows that it fits; names as [`folded`].
enum Test {
    EndOfPath(String),
    Glob(GlobMatcher),
    Below(PathBuf),
    BelowNamed(String),
    Extension(String),
}

impl Library {
    /// What of a scope no document of the library fits, such as a name with a slip in it.
    ///
    /// # Errors
    /// A glob of the scope makes no sense, or the library cannot be read.
    pub fn unmatched(&self, scope: &Scope) -> Result<Vec<ScopePart>> {
        let mut unmatched = Vec::new();
        let candidates = if *scope == Scope::default() { Vec::new() } else { self.read(candidates)? };
        for part in scope.parts().concat() {
            let test = Test::of(&part, &candidates)?;
            if !candidates.iter().any(|candidate| test.fits(&candidate.path)) {
                unmatched.push(part);
            }
        }
        Ok(unmatched)
    }
}

fn candidates(connection: &Connection) -> rusqlite::Result<Vec<Candidate>> {
    connection
        .prepare_cached("SELECT id, path, mtime_ns FROM documents")?
        .query_map([], |row| {
            let PathColumn::<PathBuf>(path) = row.get(1)?;
            let path = folded(&path.to_string_lossy()).into();
            Ok(Candidate { id: row.get(0)?, path, mtime_ns: row.get(2)? })
        })?
        .collect()
}

impl Scope {
    /// The documents in it; `None` for all. The error within is that of a glob that makes no sense.
    pub(crate) fn documents(
        &self,
        connection: &Connection,
    ) -> rusqlite::Result<Result<Option<Vec<DocumentId>>>> {
        if *self == Self::default() {
            return Ok(Ok(None));
        }
        Ok(self.documents_among(&candidates(connection)?).map(Some))
    }

    fn documents_among(&self, candidates: &[Candidate]) -> Result<Vec<DocumentId>> {
        let mut inside: Vec<&Candidate> = candidates.iter().collect();
        for parts in self.parts().iter().filter(|parts| !parts.is_empty()) {
            let tests = parts.iter().map(|part| Test::of(part, candidates)).collect::<Result<Vec<_>>>()?;
            inside.retain(|candidate| tests.iter().any(|test| test.fits(&candidate.path)));
        }
        inside.retain(|candidate| {
            self.modified_before.is_none_or(|moment| candidate.mtime_ns < moment)
                && self.modified_since.is_none_or(|moment| candidate.mtime_ns >= moment)
        });
        Ok(inside.into_iter().map(|candidate| candidate.id).collect())
    }

    /// A document has to fit one of each group that is not empty.
    fn parts(&self) -> [Vec<ScopePart>; 4] {
        let each =
            |names: &[String], part: fn(String) -> ScopePart| names.iter().cloned().map(part).collect();
        [
            each(&self.documents, ScopePart::Document),
            self.folder.iter().cloned().map(ScopePart::Folder).collect(),
            each(&self.folder_names, ScopePart::FolderName),
            each(&self.types, ScopePart::Type),
        ]
    }
}

impl Test {
    /// What a document is called goes before a glob: file names may hold brackets and stars.
    fn of(part: &ScopePart, candidates: &[Candidate]) -> Result<Self> {
        Ok(match part {
            ScopePart::Document(name) => {
                let end = Self::EndOfPath(folded(name));
                if candidates.iter().any(|candidate| end.fits(&candidate.path)) {
                    return Ok(end);
                }
                let glob = Glob::new(&folded(name));
                let glob = glob.map_err(|source| Error::Glob { glob: name.clone(), source })?;
                Self::Glob(glob.compile_matcher())
            }
            ScopePart::Folder(folder) => Self::Below(folded(&folder.to_string_lossy()).into()),
            ScopePart::FolderName(name) => Self::BelowNamed(folded(name)),
            ScopePart::Type(name) => Self::Extension(folded(name)),
        })
    }

    fn fits(&self, path: &Path) -> bool {
        match self {
            Self::EndOfPath(end) => path.ends_with(end),
            Self::Glob(glob) => {
                glob.is_match(path) || path.file_name().is_some_and(|name| glob.is_match(name))
            }
            Self::Below(folder) => path.starts_with(folder),
            Self::BelowNamed(name) => {
                path.ancestors().skip(1).any(|folder| folder.file_name() == Some(OsStr::new(name)))
            }
            Self::Extension(name) => path.extension() == Some(OsStr::new(name)),
        }
    }
}

/// Small letters, with composed accents: a Mac stores names with decomposed ones, and whoever types a name composes.
fn folded(name: &str) -> String {
    name.to_lowercase().nfc().collect()
}
