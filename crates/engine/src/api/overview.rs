use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use super::{DocumentWarning, Failure, ModelInfo, Role, SecondOpinions};

/// What the library holds.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct LibraryStatus {
    /// The folders that are looked at again by a sync.
    pub folders: Vec<String>,
    /// Documents that can be searched.
    pub documents: u32,
    /// Their pages.
    pub pages: u32,
    /// Their chunks.
    pub chunks: u32,
    /// Chunks that have a vector of the current embedding model.
    pub vectors: u32,
    /// The model that questions are compared by: another one than embeds, while that has not embedded all; none where words
    /// alone are searched.
    pub searched_by: Option<String>,
    /// Files that gave a reason instead of text.
    pub failures: Vec<Failure>,
    /// The vector index.
    pub index: IndexStatus,
    /// Bytes on disk.
    pub sizes: Sizes,
    /// The models in use; none for a role that nothing serves.
    pub models: BTreeMap<Role, ModelInfo>,
    /// When the chat model is asked for a second opinion.
    pub second_opinions: SecondOpinions,
}

/// The vector index.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct IndexStatus {
    /// How it came to be in memory.
    pub state: IndexState,
    /// Vectors in it.
    pub vectors: u32,
    /// How long opening it took.
    pub seconds: f64,
}

/// How the vector index came to be in memory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum IndexState {
    /// There is nothing to index.
    Empty,
    /// Read from its files.
    Loaded,
    /// Read from its files and brought up to date from SQLite.
    CaughtUp,
    /// Built from the vectors in SQLite.
    Rebuilt,
}

/// Bytes on disk.
#[derive(Debug, Clone, Copy, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Sizes {
    /// The SQLite database.
    #[cfg_attr(test, ts(type = "number"))]
    pub database: u64,
    /// The files of the vector index.
    #[cfg_attr(test, ts(type = "number"))]
    pub index: u64,
}

/// One document in the library's list.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct DocumentSummary {
    /// Stays the same through moves and changes.
    #[cfg_attr(test, ts(type = "number"))]
    pub id: i64,
    /// Its path.
    pub path: String,
    /// Its own title, or its file name.
    pub title: String,
    /// How many pages it has.
    pub pages: u32,
    /// Of its file, in bytes.
    #[cfg_attr(test, ts(type = "number"))]
    pub size: u64,
    /// When its file was last changed, in seconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub modified_at: i64,
    /// Why it could not be taken in, if so.
    pub failure: Option<Failure>,
    /// What is to be known of its text.
    pub warnings: Vec<DocumentWarning>,
    /// Whether the vision model that is set could read pages of it that are pictures.
    pub recognisable: bool,
    /// When it was last taken in, moved, touched or found unreadable, in seconds since 1970.
    #[cfg_attr(test, ts(type = "number"))]
    pub changed_at: i64,
}

/// One watched folder in the library's list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct FolderSummary {
    /// Its path.
    pub path: String,
    /// Documents of it that can be searched.
    pub documents: u32,
    /// Files of it that gave a reason instead of text.
    pub failed: u32,
    /// Whether nothing to read is left in it now: its drive is not connected, or it was emptied.
    pub away: bool,
}

/// Folders and files to be taken out of the library. What is on disk stays as it is.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct RemoveRequest {
    /// A watched folder is forgotten; a file or folder in one is left out of it until it is added again.
    pub paths: Vec<PathBuf>,
}

/// What was taken out of the library.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Removed {
    /// Watched folders.
    pub folders: u32,
    /// Documents, failed ones included.
    pub documents: u32,
    /// The paths that the library knew nothing of.
    pub unknown: Vec<String>,
}

/// What a search or an answer could see.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Coverage {
    /// Documents that were searched.
    pub searched: u32,
    /// All files in the library, those that failed included.
    pub files: u32,
    /// Files that gave a reason instead of text.
    pub failed: u32,
    /// Pages of searched documents that hold no text.
    pub pages_without_text: u32,
    /// Whether they were searched by words and not by meaning, as there were no vectors of the embedding model.
    pub words_alone: bool,
}
