//! Why the library could not be read or written.

use crate::api::LibraryError;

pub(super) fn library(error: &LibraryError) -> String {
    match error {
        LibraryError::LibraryInUse { folder, holder } => {
            let holder = holder.as_ref().map(|holder| format!(" ({holder})")).unwrap_or_default();
            format!(
                "Another Footnote{holder} is changing the library in {folder}. Let it finish or close it, then try again."
            )
        }
        LibraryError::LibraryLocked { file } => {
            format!("{file} is locked by another program. Try again when that has finished.")
        }
        LibraryError::LibraryReadOnly { file } => {
            format!("{file} may only be read. Change the rights of its folder, or use another library.")
        }
        LibraryError::DiskFull { file } => {
            format!("No space is left to store {file}. Free some, then try again.")
        }
        LibraryError::LibraryTooNew { file, found, known } => format!(
            "{file} was written by a newer Footnote (schema {found}, this one knows {known}). Install the newer one."
        ),
        LibraryError::LibraryDamaged { file, detail } => format!(
            "{file} is damaged ({detail}). Run footnote doctor, which saves what can be read, or put a backup in its place with footnote restore."
        ),
        LibraryError::NoBackup { file } => {
            format!("{file} is no backup of Footnote's. Choose a file that footnote backup has written.")
        }
        LibraryError::BackupDamaged { file } => format!(
            "{file} is damaged: it is not what it was when the backup was made. Nothing was changed; choose another backup."
        ),
        LibraryError::LibraryUnusable { file, detail } => {
            format!("{file} could not be used: {detail}. Try again.")
        }
        LibraryError::LibraryNotUpgraded { file, detail } => format!(
            "{file} could not be brought to the form of this version: {detail}. It is as it was: try again, or open it \
             with the version that wrote it."
        ),
        LibraryError::LibraryFile { file, detail } => {
            format!("{file} could not be used: {detail}. Check that its folder exists and may be written.")
        }
        LibraryError::IndexNotSaved { detail } => format!(
            "The index of vectors could not be saved: {detail}. It is built again at the next start; look whether there \
             is room."
        ),
        LibraryError::VectorNotTaken { detail } => {
            format!("A vector was not taken in: {detail}. Index again.")
        }
        LibraryError::ServerUnreachable { server, detail } => format!(
            "The team's library at {server} cannot be reached: {detail}. Check the address and the network, then try again."
        ),
        LibraryError::ServerLogin { server, detail } => format!(
            "{server} does not let you in: {detail}. Check the member's name, the password and the database."
        ),
        LibraryError::ServerNotAllowed { server } => format!(
            "Your role at {server} may not do this. Ask whoever keeps the server to make you a writer."
        ),
        LibraryError::ServerTooSlow { server } => {
            format!("{server} took too long. Ask again, or ask in fewer folders.")
        }
        LibraryError::ServerNoPgvector { server } => format!(
            "{server} has no pgvector of version 0.8 or later. Have it installed, or use another server."
        ),
        LibraryError::ServerTooNew { server } => {
            format!("The library at {server} was changed by a newer Footnote. Install the newer one.")
        }
        LibraryError::ServerNotBegun { server } => format!(
            "There is no library at {server} yet, and your role may not begin one. Have its owner run footnote status with \
             this address first."
        ),
        LibraryError::OwnLibraryOnly => {
            "Only a library on this computer can do this: a team's is backed up and mended on its server."
                .into()
        }
        LibraryError::ServerRefused { server, detail } => {
            format!("{server} refused: {detail}. Try again.")
        }
        LibraryError::NoTeamAddress => {
            "This is no address of a team's library. It has the form postgres://member@host/database.".into()
        }
        LibraryError::DocumentGone => "This document is no longer in the library.".into(),
        LibraryError::ConversationGone => "This conversation is no longer in the library.".into(),
        LibraryError::AnswerGone => "This answer is no longer in the library.".into(),
        LibraryError::PageGone { document, page } => format!("{document} has no page {page} any more."),
    }
}
