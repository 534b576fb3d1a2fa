use serde::{Deserialize, Serialize};

/// Why the library could not be read or written.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum LibraryError {
    /// Another Footnote changes it.
    LibraryInUse {
        /// Its folder.
        folder: String,
        /// Its program and the number of its process, where it said so.
        #[serde(default)]
        holder: Option<String>,
    },
    /// Another program held it locked for longer than a call waits.
    LibraryLocked {
        /// The database.
        file: String,
    },
    /// It may only be read.
    LibraryReadOnly {
        /// The database.
        file: String,
    },
    /// No space is left.
    DiskFull {
        /// What was to be stored.
        file: String,
    },
    /// A later version of Footnote wrote it.
    LibraryTooNew {
        /// The database.
        file: String,
        /// The schema it has.
        found: u32,
        /// The latest schema that this version knows.
        known: u32,
    },
    /// Its bytes make no sense.
    LibraryDamaged {
        /// The database.
        file: String,
        /// What SQLite says.
        detail: String,
    },
    /// A file is no backup of a library.
    NoBackup {
        /// The file.
        file: String,
    },
    /// A backup is not what it was when it was made.
    BackupDamaged {
        /// The file.
        file: String,
    },
    /// SQLite refused for another reason.
    LibraryUnusable {
        /// The database.
        file: String,
        /// What SQLite says.
        detail: String,
    },
    /// It could not be brought to the schema of this version.
    LibraryNotUpgraded {
        /// The database.
        file: String,
        /// What SQLite says.
        detail: String,
    },
    /// The file system refused.
    LibraryFile {
        /// The file or folder.
        file: String,
        /// What the system says.
        detail: String,
    },
    /// The index of vectors could not be saved; it is built again at the next start.
    IndexNotSaved {
        /// What the system says.
        detail: String,
    },
    /// A vector does not fit those that are there.
    VectorNotTaken {
        /// How.
        detail: String,
    },
    /// The server of a team's library cannot be reached, or broke off.
    ServerUnreachable {
        /// Its host and database.
        server: String,
        /// What the connection says.
        detail: String,
    },
    /// It does not let this member in.
    ServerLogin {
        /// Its host and database.
        server: String,
        /// What it says.
        detail: String,
    },
    /// The member's role may not do this.
    ServerNotAllowed {
        /// Its host and database.
        server: String,
    },
    /// It took longer than a call waits.
    ServerTooSlow {
        /// Its host and database.
        server: String,
    },
    /// It lacks the extension for vectors.
    ServerNoPgvector {
        /// Its host and database.
        server: String,
    },
    /// A later version of Footnote has changed the team's library.
    ServerTooNew {
        /// Its host and database.
        server: String,
    },
    /// The database holds no library, and the member's role may not begin one.
    ServerNotBegun {
        /// Its host and database.
        server: String,
    },
    /// Only a library on this computer can do this.
    OwnLibraryOnly,
    /// The server refused for another reason.
    ServerRefused {
        /// Its host and database.
        server: String,
        /// What it says.
        detail: String,
    },
    /// A text is no address of a team's library.
    NoTeamAddress,
    /// The document was removed.
    DocumentGone,
    /// The conversation was removed.
    ConversationGone,
    /// The answer was removed.
    AnswerGone,
    /// The document has fewer pages than it had.
    PageGone {
        /// The document's path.
        document: String,
        /// Counted from 1.
        page: u32,
    },
}
