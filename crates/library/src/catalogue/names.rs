//! The names by which a scope finds documents: alike in small and capital letters, and with composed and decomposed
//! accents. A Mac stores names with decomposed ones, and whoever types a name composes.

use std::path::{MAIN_SEPARATOR_STR, Path, PathBuf};

use rusqlite::{Connection, params};
use unicode_normalization::UnicodeNormalization as _;

use crate::DocumentId;
use crate::path::PathColumn;

/// A name, or a part of a path, as it is looked for.
#[must_use]
pub fn folded(name: &str) -> String {
    name.to_lowercase().nfc().collect::<String>().replace(MAIN_SEPARATOR_STR, "/")
}

/// Writes down under which names a document is found.
pub(super) fn fold_names(connection: &Connection, document: DocumentId, path: &Path) -> rusqlite::Result<()> {
    let name = path.file_name().unwrap_or_default();
    connection
        .prepare_cached("UPDATE documents SET folded_path = ?2, folded_name = ?3 WHERE id = ?1")?
        .execute(params![document, folded(&path.to_string_lossy()), folded(&name.to_string_lossy())])?;
    Ok(())
}

pub(crate) fn fold_all_names(connection: &Connection) -> rusqlite::Result<()> {
    let documents = connection
        .prepare("SELECT id, path FROM documents")?
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?
        .collect::<rusqlite::Result<Vec<(DocumentId, PathColumn<PathBuf>)>>>()?;
    documents.iter().try_for_each(|(document, PathColumn(path))| fold_names(connection, *document, path))
}
