//! What a job did, and what kept it from doing more.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use extract::ExtractError;
use library::Coded;
use models::ModelError;

/// What a job did.
#[derive(Debug, Default)]
pub struct Report {
    /// Documents that are new.
    pub added: u32,
    /// Documents whose content had changed.
    pub updated: u32,
    /// Documents that stand at another path now.
    pub moved: u32,
    /// Documents whose file is gone.
    pub removed: u32,
    /// Files that had not changed.
    pub unchanged: u32,
    /// Pages read.
    pub pages: u32,
    /// Chunks embedded; where there is no model, those stored, which are found by their words.
    pub chunks: u32,
    /// Chunks that are longer than the model reads; their beginnings were embedded.
    pub shortened: u64,
    /// What a person named among other paths and is not there: [`IngestError::NoSuchPath`].
    pub missing: Vec<IngestError>,
    /// Files that gave a reason instead of text, and folders that could not be looked into.
    pub failures: Vec<FailedFile>,
    /// Files that Footnote does not read, and folders that it does not look into, by their kinds.
    pub passed_over: BTreeMap<FileKind, u32>,
    /// Folders where nothing to read was left. Their documents are kept until a person takes them out.
    pub away: Vec<AwayFolder>,
    /// Pages that a vision model was to read and did not.
    pub unread_pages: Vec<UnreadPage>,
    /// Files with texts that the embedding model gave no vector for, though it did for others, in the order of their
    /// paths.
    pub unembedded: Vec<UnembeddedFile>,
    /// Whether it was cancelled.
    pub cancelled: bool,
    /// What ended the job early. What it did until then is kept, and the next job does the rest: chunks that were not
    /// embedded are found by their words until then.
    pub error: Option<IngestError>,
}

/// A file that gave a reason instead of text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedFile {
    /// Its path.
    pub path: PathBuf,
    /// Why: an [`ExtractError`].
    pub reason: Coded,
}

/// A file with texts that the embedding model gave no vector for. They are found by their words only; the next job
/// tries them again.
#[derive(Debug)]
pub struct UnembeddedFile {
    /// The file's path.
    pub path: PathBuf,
    /// How many of its texts.
    pub texts: u32,
    /// Why the first of them has none.
    pub error: ModelError,
}

/// What is known of a file that Footnote does not read, or of a folder with such.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum FileKind {
    /// What its name ends with, in small letters.
    Extension(String),
    /// Its name ends with nothing that could be called an extension.
    NoExtension,
    /// It is a link to another file or folder.
    Link,
    /// It is hidden, with all below it.
    Hidden,
    /// It is a folder of another program's files, or a file that one works with.
    OfPrograms,
    /// A `.footnoteignore` or `.gitignore` names it.
    Ignored,
}

impl FileKind {
    pub(crate) fn of(path: &Path) -> Self {
        let extension = path.extension().map(|extension| extension.to_string_lossy().to_lowercase());
        // "Letter to Mr. Smith" ends with none.
        match extension {
            Some(extension) if !extension.contains(char::is_whitespace) => Self::Extension(extension),
            _ => Self::NoExtension,
        }
    }
}

/// A folder where nothing to read is left though documents of it are known: its drive is not connected, or it was
/// emptied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwayFolder {
    /// Its path.
    pub path: PathBuf,
    /// The documents that are kept.
    pub documents: u32,
}

/// A page that a vision model was to read and did not.
#[derive(Debug)]
pub struct UnreadPage {
    /// The file's path.
    pub path: PathBuf,
    /// Counted from 1.
    pub page: u32,
    /// Why.
    pub error: PageError,
}

/// Why a vision model did not read a page.
#[derive(Debug, thiserror::Error)]
pub enum PageError {
    /// The page was not drawn.
    #[error(transparent)]
    Drawing(#[from] ExtractError),
    /// The model gave no text.
    #[error(transparent)]
    Model(#[from] ModelError),
}

impl PageError {
    /// Whether it would be the same with any other page.
    pub(crate) fn is_of_all_pages(&self) -> bool {
        match self {
            Self::Drawing(error) => {
                matches!(error, ExtractError::NoPdfium | ExtractError::WorkerNotStarted { .. })
            }
            Self::Model(error) => !error.may_be_of_one_prompt(),
        }
    }
}

/// What ends a job early.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    /// A path that a person named is not there.
    #[error("a path cannot be opened")]
    NoSuchPath {
        /// As given.
        path: PathBuf,
        /// The operating system's words.
        source: std::io::Error,
    },
    /// The library cannot be read or written.
    #[error(transparent)]
    Library(#[from] library::Error),
    /// The embedding model gave no vectors.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// A vision model did not read a page, and would read no other.
    #[error("page {page} was not read")]
    Page {
        /// The file's path.
        path: PathBuf,
        /// Counted from 1.
        page: u32,
        /// Why.
        #[source]
        error: PageError,
    },
    /// A fault of ours.
    #[error("indexing ended in the midst of its work")]
    Crashed,
}
