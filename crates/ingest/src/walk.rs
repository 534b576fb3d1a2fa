//! Folders to files.

use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use library::Exclusions;
use walkdir::{DirEntry, WalkDir};

use crate::FileKind;

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
pub(crate) struct Unreadable {
    pub(crate) path: PathBuf,
    pub(crate) error: io::Error,
}

/// What a walk comes to.
pub(crate) enum Found {
    /// A file that Footnote reads.
    File(FoundFile),
    /// A file that it does not.
    PassedOver(FileKind),
    /// A folder at which another drive begins.
    MountPoint(PathBuf),
    Unreadable(Unreadable),
}

/// The files below `root`, or `root` itself where it is a file, in the order of their names.
///
/// Hidden files and folders, exclusions, and the lock and temporary files of office programs are not come to, nor do
/// links lead anywhere. A file named by itself is taken whatever its name is.
pub(crate) fn walk<'a>(root: &'a Path, exclusions: &'a Exclusions) -> impl Iterator<Item = Found> + 'a {
    let entries = WalkDir::new(root).sort_by_file_name().into_iter();
    let wanted =
        |entry: &DirEntry| entry.depth() == 0 || !(is_ignored(entry) || exclusions.contain(entry.path()));
    let mut drives = Drives::default();
    entries.filter_entry(wanted).filter_map(move |entry| match entry {
        Ok(entry) if entry.file_type().is_dir() => {
            drives.another_begins(&entry).then(|| Found::MountPoint(entry.into_path()))
        }
        Ok(entry) => {
            let is_root_file = entry.depth() == 0 && entry.path().is_file();
            let kind = entry.file_type();
            if is_root_file || (kind.is_file() && extract::is_readable(entry.path())) {
                Some(found(&entry))
            } else if kind.is_symlink() {
                Some(Found::PassedOver(FileKind::Link))
            } else {
                kind.is_file().then(|| Found::PassedOver(FileKind::of(entry.path())))
            }
        }
        Err(error) => {
            let path = error.path().unwrap_or(root).to_owned();
            let detail = error.to_string();
            let error = error.into_io_error().unwrap_or_else(|| io::Error::other(detail));
            Some(Found::Unreadable(Unreadable { path, error }))
        }
    })
}

/// The drives of the folders that a walk is in, the outermost first, where the system numbers them.
#[derive(Default)]
struct Drives(Vec<Option<u64>>);

impl Drives {
    /// Whether a folder that the walk comes to lies on another drive than the one around it.
    fn another_begins(&mut self, folder: &DirEntry) -> bool {
        self.0.truncate(folder.depth());
        self.0.push(drive_of(folder));
        matches!(self.0[..], [.., Some(around), Some(own)] if around != own)
    }
}

#[cfg(unix)]
fn drive_of(folder: &DirEntry) -> Option<u64> {
    use std::os::unix::fs::MetadataExt as _;
    folder.metadata().ok().map(|metadata| metadata.dev())
}

/// Windows shows another drive in a folder as a link, which is not followed.
#[cfg(not(unix))]
fn drive_of(_: &DirEntry) -> Option<u64> {
    None
}

/// Whether nothing to read is left where there was something: the folder is gone, or holds nothing any more, as the
/// mount point of a drive that is not connected.
#[must_use]
pub fn is_away(folder: &Path, exclusions: &Exclusions) -> bool {
    walk(folder, exclusions).all(|found| match found {
        Found::File(_) => false,
        Found::PassedOver(_) | Found::MountPoint(_) => true,
        Found::Unreadable(Unreadable { path, error }) => {
            path == folder && error.kind() == io::ErrorKind::NotFound
        }
    })
}

fn is_ignored(entry: &DirEntry) -> bool {
    let name = entry.file_name().to_string_lossy();
    name.starts_with('.')
        || name.starts_with("~$")
        || (entry.file_type().is_dir() && IGNORED_FOLDERS.contains(&&*name))
}

fn found(entry: &DirEntry) -> Found {
    let path = entry.path().to_owned();
    let metadata = match std::fs::metadata(&path) {
        Ok(metadata) => metadata,
        Err(error) => return Found::Unreadable(Unreadable { path, error }),
    };
    let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
    Found::File(FoundFile {
        path,
        size: metadata.len(),
        modified_ns: modified.and_then(|time| i64::try_from(time.as_nanos()).ok()).unwrap_or(0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fill(root: &Path, files: &[&str]) {
        for file in files {
            let path = root.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "text").unwrap();
        }
    }

    fn look(root: &Path) -> (Vec<String>, Vec<FileKind>) {
        let (mut files, mut passed_over) = (Vec::new(), Vec::new());
        for found in walk(root, &Exclusions::default()) {
            match found {
                Found::File(file) => {
                    let name = file.path.strip_prefix(root).unwrap();
                    files.push(name.to_string_lossy().into_owned());
                }
                Found::PassedOver(kind) => passed_over.push(kind),
                Found::MountPoint(path) => panic!("{} is on another drive", path.display()),
                Found::Unreadable(Unreadable { path, error }) => panic!("{}: {error}", path.display()),
            }
        }
        (files, passed_over)
    }

    #[test]
    fn documents_are_found_and_other_files_are_passed_over() {
        let root = tempfile::tempdir().unwrap();
        let documents = ["b.md", "a.pdf", "sub/c.txt"];
        fill(root.path(), &documents);
        fill(root.path(), &[".hidden.md", ".git/d.md", "node_modules/e.md", "~$f.md", "g.EXE"]);
        let (files, passed_over) = look(root.path());
        assert_eq!(files, ["a.pdf", "b.md", "sub/c.txt"]);
        assert_eq!(passed_over, [FileKind::Extension("exe".to_owned())]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_is_passed_over_and_counted() {
        let root = tempfile::tempdir().unwrap();
        fill(root.path(), &["a.md"]);
        std::os::unix::fs::symlink(root.path().join("a.md"), root.path().join("b.md")).unwrap();
        assert_eq!(look(root.path()), (vec!["a.md".to_owned()], vec![FileKind::Link]));
    }

    #[test]
    fn a_file_named_by_itself_is_taken() {
        let root = tempfile::tempdir().unwrap();
        fill(root.path(), &[".notes"]);
        let path = root.path().join(".notes");
        let found: Vec<_> = walk(&path, &Exclusions::default()).collect();
        assert!(matches!(&found[..], [Found::File(file)] if file.size == 4));
    }

    #[test]
    fn a_folder_without_documents_is_away_and_one_that_may_not_be_looked_into_is_not() {
        let root = tempfile::tempdir().unwrap();
        let is_away = |name: &str| is_away(&root.path().join(name), &Exclusions::default());
        fill(root.path(), &["full/a.md", "bare/lost+found/core.dump"]);
        assert!(is_away("gone") && is_away("bare") && !is_away("full"));
    }
}
