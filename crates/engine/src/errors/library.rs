//! The library's errors as a shell shows them.

use library::{Error, ServerRefusal};
use team::AddressError;

use super::{Shown, with_causes};
use crate::api::{ErrorCode, ErrorMessage, LibraryError};
use crate::overview::{saturating, text};

impl Shown for Error {
    fn code(&self) -> ErrorCode {
        LibraryError::from(self).code()
    }

    fn message(&self) -> ErrorMessage {
        LibraryError::from(self).message()
    }
}

impl Shown for LibraryError {
    fn code(&self) -> ErrorCode {
        match self {
            Self::NoBackup { .. }
            | Self::BackupDamaged { .. }
            | Self::OwnLibraryOnly
            | Self::NoTeamAddress => ErrorCode::Request,
            Self::DocumentGone | Self::ConversationGone | Self::AnswerGone | Self::PageGone { .. } => {
                ErrorCode::Gone
            }
            _ => ErrorCode::Library,
        }
    }

    fn message(&self) -> ErrorMessage {
        ErrorMessage::Library(self.clone())
    }
}

impl From<&Error> for LibraryError {
    fn from(error: &Error) -> Self {
        match error {
            Error::InUse { directory, holder } => Self::LibraryInUse {
                folder: text(directory),
                holder: holder
                    .as_ref()
                    .map(|holder| format!("{}, process {}", holder.program, holder.process)),
            },
            Error::Locked(file) => Self::LibraryLocked { file: text(file) },
            Error::ReadOnly(file) => Self::LibraryReadOnly { file: text(file) },
            Error::DiskFull(file) => Self::DiskFull { file: text(file) },
            Error::NewerSchema { file, found, known } => {
                Self::LibraryTooNew { file: text(file), found: saturating(*found), known: saturating(*known) }
            }
            Error::Damaged { file, source } => {
                Self::LibraryDamaged { file: text(file), detail: source.to_string() }
            }
            Error::NoBackup(file) => Self::NoBackup { file: text(file) },
            Error::BackupDamaged(file) => Self::BackupDamaged { file: text(file) },
            Error::Database { file, source } => {
                Self::LibraryUnusable { file: text(file), detail: source.to_string() }
            }
            Error::Migration { file, source } => {
                Self::LibraryNotUpgraded { file: text(file), detail: with_causes(source) }
            }
            Error::File { file, source } => {
                Self::LibraryFile { file: text(file), detail: source.to_string() }
            }
            Error::Words { directory, source } => {
                Self::LibraryFile { file: text(directory), detail: source.to_string() }
            }
            Error::SaveIndex(source) => Self::IndexNotSaved { detail: with_causes(source) },
            Error::Vector(source) => Self::VectorNotTaken { detail: source.to_string() },
            Error::Server { server, refusal, source } => {
                let server = server.clone();
                let detail = || source.as_ref().map(|source| with_causes(&**source)).unwrap_or_default();
                match refusal {
                    ServerRefusal::Unreachable => Self::ServerUnreachable { server, detail: detail() },
                    ServerRefusal::Login => Self::ServerLogin { server, detail: detail() },
                    ServerRefusal::NotAllowed => Self::ServerNotAllowed { server },
                    ServerRefusal::TookTooLong => Self::ServerTooSlow { server },
                    ServerRefusal::NoPgvector => Self::ServerNoPgvector { server },
                    ServerRefusal::TooNew => Self::ServerTooNew { server },
                    ServerRefusal::NotBegun => Self::ServerNotBegun { server },
                    ServerRefusal::OnThisComputerOnly => Self::OwnLibraryOnly,
                    ServerRefusal::Other => Self::ServerRefused { server, detail: detail() },
                }
            }
            Error::NoDocument(_) => Self::DocumentGone,
            Error::NoConversation(_) => Self::ConversationGone,
            Error::NoMessage(_) => Self::AnswerGone,
        }
    }
}

impl From<AddressError> for LibraryError {
    fn from(_: AddressError) -> Self {
        Self::NoTeamAddress
    }
}
