//! A library, wherever it is kept. Both kinds keep and find the same, and are called alike; whoever has one need not know
//! which it is.
//!
//! All calls block: make them off the async threads. What a call does and fails at stands with [`library::Library`].

mod calls;
mod own_alone;

use std::path::Path;

use library::Result;
use team::{Address, TeamLibrary};

/// An open library.
pub enum Library {
    /// A person's own, in a folder of this computer.
    Own(Box<library::Library>),
    /// A team's, on its server.
    Team(Box<TeamLibrary>),
}

impl Library {
    /// Opens the library in a folder, which is created.
    ///
    /// # Errors
    /// As [`library::Library::open`].
    pub fn open(directory: &Path) -> Result<Self> {
        Ok(Self::Own(Box::new(library::Library::open(directory)?)))
    }

    /// Opens a team's library.
    ///
    /// # Errors
    /// As [`TeamLibrary::open`].
    pub fn join(address: &Address) -> Result<Self> {
        Ok(Self::Team(Box::new(TeamLibrary::open(address)?)))
    }
}
