//! Folders to files.

use std::io;
use std::iter::from_fn;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use library::Exclusions;
use walkdir::{DirEntry, WalkDir};

use crate::FileKind;
use crate::rules::Rules;

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
    /// A file or folder that the rules leave out, with all below it.
    LeftOut {
        path: PathBuf,
        kind: FileKind,
    },
    /// A folder at which another drive begins.
    MountPoint(PathBuf),
    Unreadable(Unreadable),
}

/// The files below `root`, or `root` itself where it is a file, in the order of their names.
///
/// What a person has taken out is not come to, nor do links lead anywhere. A file named by itself is taken whatever its
/// name is.
pub(crate) fn walk<'a>(root: &'a Path, exclusions: &'a Exclusions) -> impl Iterator<Item = Found> + 'a {
    let mut entries = WalkDir::new(root).sort_by_file_name().into_iter();
    let mut rules = Rules::of(root, exclusions);
    let mut drives = Drives::default();
    let mut next = move || {
        let entry = match entries.next()? {
            Ok(entry) => entry,
            Err(error) => return Some(Some(unreadable(root, error))),
        };
        let is_folder = entry.file_type().is_dir();
        let is_root = entry.depth() == 0;
        let taken_out = !is_root && exclusions.contain(entry.path());
        let left_out = if is_root { None } else { rules.leave_out(entry.path(), is_folder) };
        if is_folder && (taken_out || left_out.is_some()) {
            entries.skip_current_dir();
        }
        Some(match left_out {
            _ if taken_out => None,
            Some(kind) => Some(Found::LeftOut { path: entry.into_path(), kind }),
            None if is_folder => drives.another_begins(&entry).then(|| Found::MountPoint(entry.into_path())),
            None => file(&entry),
        })
    };
    from_fn(move || {
        loop {
            if let Some(found) = next()? {
                return Some(found);
            }
        }
    })
}

fn file(entry: &DirEntry) -> Option<Found> {
    let is_root_file = entry.depth() == 0 && entry.path().is_file();
    let kind = entry.file_type();
    if is_root_file || (kind.is_file() && extract::is_readable(entry.path())) {
        Some(found(entry))
    } else if kind.is_symlink() {
        Some(Found::PassedOver(FileKind::Link))
    } else {
        kind.is_file().then(|| Found::PassedOver(FileKind::of(entry.path())))
    }
}

fn unreadable(root: &Path, error: walkdir::Error) -> Found {
    let path = error.path().unwrap_or(root).to_owned();
    let detail = error.to_string();
    let error = error.into_io_error().unwrap_or_else(|| io::Error::other(detail));
    Found::Unreadable(Unreadable { path, error })
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
        // Whoever wrote rules is there.
        Found::File(_) | Found::LeftOut { kind: FileKind::Ignored, .. } => false,
        Found::PassedOver(_) | Found::LeftOut { .. } | Found::MountPoint(_) => true,
        Found::Unreadable(Unreadable { path, error }) => {
            path == folder && error.kind() == io::ErrorKind::NotFound
        }
    })
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
                Found::PassedOver(kind) | Found::LeftOut { kind, .. } => passed_over.push(kind),
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
        let exe = FileKind::Extension("exe".to_owned());
        let (hidden, programs) = (FileKind::Hidden, FileKind::OfPrograms);
        assert_eq!(passed_over, [hidden.clone(), hidden, exe, programs.clone(), programs]);
    }

    #[test]
    fn written_rules_and_caches_leave_files_out_and_later_rules_let_them_in() {
        let root = tempfile::tempdir().unwrap();
        fill(root.path(), &["notes/a.md", "notes/draft.md", "notes/old/b.md", "thesis.tex", "thesis.pdf"]);
        fill(root.path(), &["built/CACHEDIR.TAG", "built/c.md"]);
        let write = |name: &str, rules: &str| std::fs::write(root.path().join(name), rules).unwrap();
        write("notes/.footnoteignore", "draft.*\nold/\n");
        write(".gitignore", "thesis.pdf\n");
        let outside_a_repository = ["notes/a.md", "thesis.pdf", "thesis.tex"];
        assert_eq!(look(root.path()).0, outside_a_repository);
        std::fs::create_dir(root.path().join(".git")).unwrap();
        let (files, passed_over) = look(root.path());
        assert_eq!(files, ["notes/a.md", "thesis.tex"]);
        let ignored = passed_over.iter().filter(|kind| **kind == FileKind::Ignored).count();
        assert_eq!((ignored, passed_over.contains(&FileKind::OfPrograms)), (3, true));
        write(".footnoteignore", "!thesis.pdf\n");
        assert_eq!(look(root.path()).0, outside_a_repository);
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
        fill(root.path(), &["ruled/a.md"]);
        std::fs::write(root.path().join("ruled/.footnoteignore"), "*.md\n").unwrap();
        assert!(is_away("gone") && is_away("bare") && !is_away("full") && !is_away("ruled"));
    }
}
