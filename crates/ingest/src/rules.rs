//! What is left out of a folder.

use std::ffi::OsStr;
use std::path::Path;

use ignore::{IncrementalIgnore, WalkBuilder};
use library::Exclusions;

use crate::FileKind;

/// In any folder, a person's own rules in the form of a `.gitignore`, for what lies in it.
const OWN_RULES: &str = ".footnoteignore";

/// Folders that hold other programs' files, however many documents lie in them.
const OF_PROGRAMS: [&str; 4] = ["node_modules", "__pycache__", "__MACOSX", "$RECYCLE.BIN"];

/// By the Cache Directory Tagging Specification, in folders whose files a program can make again.
const CACHE_TAG: &str = "CACHEDIR.TAG";

/// What is left out of one folder: hidden files, those of other programs and, in the order of their weight, what a
/// `.footnoteignore` and, in a repository, a `.gitignore` names. Rules around the folder do not count: who names a folder
/// wants what is in it.
pub(crate) struct Rules<'a> {
    root: &'a Path,
    exclusions: &'a Exclusions,
    written: Option<IncrementalIgnore>,
}

impl<'a> Rules<'a> {
    pub(crate) fn of(root: &'a Path, exclusions: &'a Exclusions) -> Self {
        let mut builder = WalkBuilder::new(root);
        builder
            .standard_filters(false)
            .git_ignore(true)
            .require_git(true)
            .add_custom_ignore_filename(OWN_RULES);
        let written = builder.build_matchers().pop();
        Self { root, exclusions, written }
    }

    /// Why a file or folder is left out, if it is; not asked for what lies in a folder that is.
    pub(crate) fn leave_out(&mut self, path: &Path, is_folder: bool) -> Option<FileKind> {
        let name = path.file_name().unwrap_or_default();
        if is_hidden(name) {
            Some(FileKind::Hidden)
        } else if is_of_programs(name, is_folder) || (is_folder && path.join(CACHE_TAG).is_file()) {
            Some(FileKind::OfPrograms)
        } else {
            let inner = path.strip_prefix(self.root).ok()?;
            self.written.as_mut()?.matched(inner, is_folder).is_ignore().then_some(FileKind::Ignored)
        }
    }

    /// Whether a walk through the folder comes to this path.
    pub(crate) fn let_through(&mut self, path: &Path) -> bool {
        if !self.exclusions.let_through(self.root, path) {
            return false;
        }
        let root = self.root;
        let mut ways: Vec<&Path> = path.ancestors().take_while(|part| *part != root).collect();
        ways.reverse();
        !ways.iter().any(|part| self.leave_out(part, *part != path || part.is_dir()).is_some())
    }
}

/// Whether a change of this path below a folder says nothing of the documents in it, by the names on its way alone.
pub(crate) fn is_of_no_document(inner: &Path) -> bool {
    let is_rule = |name: &OsStr| name == OWN_RULES || name == ".gitignore" || name == CACHE_TAG;
    inner.iter().any(|name| !is_rule(name) && (is_hidden(name) || is_of_programs(name, true)))
}

fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

fn is_of_programs(name: &OsStr, is_folder: bool) -> bool {
    name.as_encoded_bytes().starts_with(b"~$")
        || (is_folder && OF_PROGRAMS.iter().any(|known| name == *known))
}
