//! What has a meaning for one kind of library alone: the files and indexes of a person's own, and the many workers of a team's.

use std::path::Path;

use library::{DocumentId, Result};

use crate::Library;

impl Library {
    /// A person's own library.
    ///
    /// # Errors
    /// It is a team's, for which there is no such thing.
    pub fn own(&self) -> Result<&library::Library> {
        match self {
            Self::Own(library) => Ok(library),
            Self::Team(library) => library.on_this_computer_only(),
        }
    }

    /// Whether calls that store something fail. What a member of a team may do is the server's to say, call by call.
    #[must_use]
    pub fn may_only_be_read(&self) -> bool {
        match self {
            Self::Own(library) => library.may_only_be_read(),
            Self::Team(_) => false,
        }
    }

    /// Lets other processes change documents; those of a team may at any time.
    pub fn release(&self) {
        if let Self::Own(library) = self {
            library.release();
        }
    }

    /// Whether another process changes documents now, so that this one may not. Of a team many may at once.
    ///
    /// # Errors
    /// The lock cannot be tried.
    pub fn is_in_use_elsewhere(&self) -> Result<bool> {
        match self {
            Self::Own(library) => library.is_in_use_elsewhere(),
            Self::Team(_) => Ok(false),
        }
    }

    /// Takes the right to read a file. Returns whether no other worker has it.
    ///
    /// # Errors
    /// The server refuses.
    pub fn claim(&self, path: &Path) -> Result<bool> {
        match self {
            Self::Own(_) => Ok(true),
            Self::Team(library) => library.claim(path),
        }
    }

    /// Waits until all documents can be found by their words, which on a server they can once they are stored.
    ///
    /// # Errors
    /// As [`library::Library::wait_for_words`].
    pub fn wait_for_words(&self) -> Result<()> {
        match self {
            Self::Own(library) => library.wait_for_words(),
            Self::Team(_) => Ok(()),
        }
    }

    /// What the end of a job leaves in order: the indexes beside the database, and the claims of a team's worker.
    ///
    /// # Errors
    /// As [`library::Library::save_index`], or the server refuses.
    pub fn save_index(&self, is_cancelled: &(dyn Fn() -> bool + Sync)) -> Result<()> {
        match self {
            Self::Own(library) => library.save_index(is_cancelled),
            Self::Team(library) => library.give_back_claims(),
        }
    }

    /// Brings over rows of older versions.
    ///
    /// # Errors
    /// As [`library::Library::pack`].
    pub fn pack(
        &self,
        encoded_again: &dyn Fn(&[u8]) -> Option<Vec<u8>>,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<()> {
        match self {
            Self::Own(library) => library.pack(encoded_again, is_cancelled),
            Self::Team(_) => Ok(()),
        }
    }

    /// The documents of an earlier version, in which nobody has looked for the names of pages.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn unlabelled_documents(&self) -> Result<Vec<DocumentId>> {
        match self {
            Self::Own(library) => library.unlabelled_documents(),
            Self::Team(_) => Ok(Vec::new()),
        }
    }

    /// Notes what the pages of such a document are called.
    ///
    /// # Errors
    /// The library cannot be written, or is a team's, which has no such documents.
    pub fn set_page_labels(&self, document: DocumentId, labels: &[Option<String>]) -> Result<()> {
        self.own()?.set_page_labels(document, labels)
    }
}
