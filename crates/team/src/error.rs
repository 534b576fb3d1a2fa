//! What the server refuses, as errors of a library.

use deadpool_postgres::PoolError;
use library::{Error, ServerRefusal};
use tokio_postgres::error::SqlState;

/// Why a transaction came to nothing.
#[derive(Debug)]
pub(crate) enum Failure {
    Postgres(tokio_postgres::Error),
    Pool(PoolError),
    /// It was not the server's doing.
    Library(Box<Error>),
}

/// What a part of a transaction returns.
pub(crate) type Done<T> = Result<T, Failure>;

impl From<tokio_postgres::Error> for Failure {
    fn from(error: tokio_postgres::Error) -> Self {
        Self::Postgres(error)
    }
}

impl From<PoolError> for Failure {
    fn from(error: PoolError) -> Self {
        match error {
            PoolError::Backend(error) => Self::Postgres(error),
            error => Self::Pool(error),
        }
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self::Library(Box::new(error))
    }
}

impl Failure {
    /// Whether the connection was lost, so that another may do better.
    pub fn is_lost_connection(&self) -> bool {
        let Self::Postgres(error) = self else { return false };
        error.is_closed()
            || error.code().is_some_and(|code| is_shutting_down(code) || is_of_class(code, "08"))
    }

    /// The error of a library on this server.
    pub fn of(self, server: &str) -> Error {
        let refusal = match &self {
            Self::Postgres(error) => refusal(error),
            Self::Pool(_) => ServerRefusal::Unreachable,
            Self::Library(_) => ServerRefusal::Other,
        };
        let source = match self {
            Self::Library(error) => return *error,
            Self::Postgres(error) => Some(error.into()),
            Self::Pool(error) => Some(error.into()),
        };
        Error::Server { server: server.to_owned(), refusal, source }
    }
}

/// A refusal that says all by itself.
pub(crate) fn refused(server: &str, refusal: ServerRefusal) -> Error {
    Error::Server { server: server.to_owned(), refusal, source: None }
}

fn refusal(error: &tokio_postgres::Error) -> ServerRefusal {
    let Some(code) = error.code() else {
        // It comes from the connection, but for what is wrong with the address or a value.
        let source = std::error::Error::source(error);
        let is_of_connection = source.is_none_or(<dyn std::error::Error>::is::<std::io::Error>);
        return if is_of_connection { ServerRefusal::Unreachable } else { ServerRefusal::Other };
    };
    match code {
        code if *code == SqlState::INSUFFICIENT_PRIVILEGE || *code == SqlState::READ_ONLY_SQL_TRANSACTION => {
            ServerRefusal::NotAllowed
        }
        code if *code == SqlState::QUERY_CANCELED || *code == SqlState::LOCK_NOT_AVAILABLE => {
            ServerRefusal::TookTooLong
        }
        code if is_shutting_down(code) || is_of_class(code, "08") || is_of_class(code, "53") => {
            ServerRefusal::Unreachable
        }
        // Of the authorisation, and that the database is not there.
        code if is_of_class(code, "28") || is_of_class(code, "3D") => ServerRefusal::Login,
        _ => ServerRefusal::Other,
    }
}

fn is_shutting_down(code: &SqlState) -> bool {
    [SqlState::ADMIN_SHUTDOWN, SqlState::CRASH_SHUTDOWN, SqlState::CANNOT_CONNECT_NOW].contains(code)
}

fn is_of_class(code: &SqlState, class: &str) -> bool {
    code.code().starts_with(class)
}
