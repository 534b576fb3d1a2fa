//! The library itself.

use library::{Result, ServerRefusal};

use crate::claims::Worker;
use crate::connection::Connections;
use crate::error::refused;
use crate::jobs::Jobs;
use crate::{Address, schema};

/// Everything that a team has indexed, in one database.
pub struct TeamLibrary {
    pub(crate) connections: Connections,
    pub(crate) jobs: Jobs,
    pub(crate) worker: Worker,
}

impl TeamLibrary {
    /// Opens the library at `address`, and begins one where there is none and the member's role may do so.
    ///
    /// # Errors
    /// The server cannot be reached, does not let the member in, has no pgvector, or a newer version has changed the library.
    pub fn open(address: &Address) -> Result<Self> {
        let connections = Connections::open(address)?;
        schema::migrate(&connections)?;
        Ok(Self { connections, jobs: Jobs::default(), worker: Worker::default() })
    }

    /// What only a library on this computer does.
    ///
    /// # Errors
    /// Always.
    pub fn on_this_computer_only<T>(&self) -> Result<T> {
        Err(refused(self.connections.server(), ServerRefusal::OnThisComputerOnly))
    }
}
