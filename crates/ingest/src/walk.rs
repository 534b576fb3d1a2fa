//! Folders to files.

use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use walkdir::{DirEntry, WalkDir};

/// Folders that hold other programs' files, however many documents lie in them.
const IGNORED_FOLDERS: [&str; 4] = ["node_modules", "__pycache__", "__MACOSX", "$RECYCLE.BIN"];

/// A file as the file system knows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FoundFile {
    pub(crate) path: PathBuf,
    /// Bytes.
    pub(crate) size: u64,
    /// Nanoseconds since 1970; 0 where the file system does not say.
    pub(crate) modified_ns: i64,
}

/// A folder or file that could not be looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Unreadable {
    pub(crate) path: PathBuf,
    pub(crate) detail: String,
}

/// The files below `root` that Footnote reads, or `root` itself where it is a file, in the order of their names.
///
/// Hidden files and folders, links, and the lock and temporary files of office programs are passed over. A file
/// named by itself is taken whatever its name is.
pub(crate) fn walk(root: &Path) -> impl Iterator<Item = Result<FoundFile, Unreadable>> {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    let wanted = |entry: &DirEntry| entry.depth() == 0 || !is_ignored(entry);
    entries.filter_entry(wanted).filter_map(|entry| match entry {
        Ok(entry) if entry.file_type().is_file() || (entry.depth() == 0 && entry.path().is_file()) => {
            let chosen = entry.depth() == 0 || extract::has_known_extension(entry.path());
            chosen.then(|| found(&entry))
        }
        Ok(_) => None,
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            let detail = error.io_error().map_or_else(|| error.to_string(), std::io::Error::to_string);
            Some(Err(Unreadable { path, detail }))
        }
    })
}

fn is_ignored(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || (entry.file_type().is_dir() && IGNORED_FOLDERS.contains(&&*name))
}

fn found(entry: &DirEntry) -> Result<FoundFile, Unreadable> {
    let unreadable =
        |error: std::io::Error| Unreadable { path: entry.path().to_owned(), detail: error.to_string() };
    let metadata = std::fs::metadata(entry.path()).map_err(unreadable)?;
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Ok(FoundFile {
        path: entry.path().to_owned(),
        size: metadata.len(),
        modified_ns: modified.and_then(|time| i64::try_from(time.as_nanos()).ok()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_found_and_other_files_are_passed_over() {
        let root = tempfile::tempdir().unwrap();
        for file in
            ["b.md", "a.pdf", "sub/c.txt", ".hidden.md", ".git/d.md", "node_modules/e.md", "~$f.md", "g.exe"]
        {
            let path = root.path().join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
        let names: Vec<String> = walk(root.path())
            .map(|file| file.unwrap().path.strip_prefix(root.path()).unwrap().to_string_lossy().into_owned())
            .collect();
        assert_eq!(names, ["a.pdf", "b.md", "sub/c.txt"]);
    }

    #[test]
    fn a_file_named_by_itself_is_taken() {
        let root = tempfile::tempdir().unwrap();
        let path = root.path().join(".notes");
        std::fs::write(&path, "text").unwrap();
        let files: Vec<_> = walk(&path).collect();
        assert_eq!(files.len(), 1);
        assert_eq!(files[0].as_ref().unwrap().size, 4);
    }

    #[test]
    fn a_path_that_does_not_exist_is_said_to_be_so() {
        let missing = Path::new("/nowhere/at/all");
        let found: Vec<_> = walk(missing).collect();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].as_ref().unwrap_err().path, missing);
    }
}
