//! Which documents a search may find.

use std::path::PathBuf;

use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

use crate::catalogue::folded;
use crate::{DocumentId, Library, Result};

/// Which documents a search may find. The default is all of them. Names fit in small or capital letters, and with
/// composed or decomposed accents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scope {
    /// Only this document.
    pub document: Option<DocumentId>,
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
    /// One of [`Scope::documents`](field@Scope::documents).
    Document(String),
    /// [`Scope::folder`].
    Folder(PathBuf),
    /// One of [`Scope::folder_names`].
    FolderName(String),
    /// One of [`Scope::types`].
    Type(String),
}

impl Library {
    /// What of a scope no document of the library fits, such as a name with a slip in it.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn unmatched(&self, scope: &Scope) -> Result<Vec<ScopePart>> {
        let parts = scope.parts().concat();
        self.read(|connection| {
            let mut unmatched = Vec::new();
            for part in parts {
                if !Condition::of(connection, &part)?.is_met(connection)? {
                    unmatched.push(part);
                }
            }
            Ok(unmatched)
        })
    }
}

impl Scope {
    /// The documents in it; `None` for all.
    pub(crate) fn documents(&self, connection: &Connection) -> rusqlite::Result<Option<Vec<DocumentId>>> {
        let mut all = Vec::new();
        let mut values = Vec::new();
        for parts in self.parts().iter().filter(|parts| !parts.is_empty()) {
            let mut any = Vec::new();
            for part in parts {
                any.push(Condition::of(connection, part)?.bound(&mut values));
            }
            all.push(format!("({})", any.join(" OR ")));
        }
        let numbers = [
            ("id = $", self.document.map(|document| document.0)),
            ("mtime_ns < $", self.modified_before),
            ("mtime_ns >= $", self.modified_since),
        ];
        for (sql, number) in numbers {
            all.extend(number.map(|number| Condition { sql, value: number.into() }.bound(&mut values)));
        }
        if all.is_empty() {
            return Ok(None);
        }
        let query = format!("SELECT id FROM documents WHERE {} ORDER BY id", all.join(" AND "));
        let mut statement = connection.prepare_cached(&query)?;
        statement
            .query_map(params_from_iter(values), |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()
            .map(Some)
    }

    /// What it asks of documents' names, by kind: a document has to fit one of each group that is not empty.
    #[must_use]
    pub fn parts(&self) -> [Vec<ScopePart>; 4] {
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

/// What is true of the row of a document that fits.
struct Condition {
    /// With `$` for the value.
    sql: &'static str,
    value: Value,
}

const NAMED: &str = "folded_name = $";
const END_OF_PATH: &str = "(folded_path = $ OR substr(folded_path, -length('/' || $)) = '/' || $)";
const GLOB: &str = "(folded_path GLOB $ OR folded_name GLOB $)";
/// A zero is what follows a slash.
const BELOW: &str = "(folded_path > $ || '/' AND folded_path < $ || '0')";
const BELOW_NAMED: &str = "instr(folded_path, '/' || $ || '/') > 0";
const EXTENSION: &str = "substr(folded_name, -length('.' || $)) = '.' || $";

impl Condition {
    /// What a document is called goes before a glob: file names may hold brackets and stars.
    fn of(connection: &Connection, part: &ScopePart) -> rusqlite::Result<Self> {
        let condition = |sql, name: String| Self { sql, value: name.into() };
        Ok(match part {
            ScopePart::Document(name) => {
                let name = folded(name);
                let called = condition(if name.contains('/') { END_OF_PATH } else { NAMED }, name.clone());
                if called.is_met(connection)? { called } else { condition(GLOB, name.replace("[!", "[^")) }
            }
            ScopePart::Folder(folder) => {
                condition(BELOW, folded(&folder.to_string_lossy()).trim_end_matches('/').to_owned())
            }
            ScopePart::FolderName(name) => condition(BELOW_NAMED, folded(name)),
            ScopePart::Type(name) => condition(EXTENSION, folded(name)),
        })
    }

    /// As it stands in a query with these values and its own.
    fn bound(self, values: &mut Vec<Value>) -> String {
        values.push(self.value);
        self.sql.replace('$', &format!("?{}", values.len()))
    }

    /// Whether any document fits.
    fn is_met(&self, connection: &Connection) -> rusqlite::Result<bool> {
        let query = format!("SELECT EXISTS (SELECT 1 FROM documents WHERE {})", self.sql.replace('$', "?1"));
        connection.prepare_cached(&query)?.query_row([&self.value], |row| row.get(0))
    }
}
