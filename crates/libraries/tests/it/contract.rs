//! The libraries that a test is run with.

use libraries::Library;
use testkit::postgres::Postgres;

/// Runs a test with an empty library of each kind; with a person's own alone where Postgres is not installed.
pub fn of_each(test: impl Fn(&Library)) {
    let directory = tempfile::tempdir().unwrap();
    test(&Library::open(directory.path()).unwrap());
    if let Some(postgres) = Postgres::start() {
        test(&team(&postgres));
    }
}

/// Runs a test with an empty library of each kind beside each other.
pub fn of_both(test: impl FnOnce(&Library, &Library)) {
    let Some(postgres) = Postgres::start() else { return };
    let directory = tempfile::tempdir().unwrap();
    test(&Library::open(directory.path()).unwrap(), &team(&postgres));
}

fn team(postgres: &Postgres) -> Library {
    Library::join(&postgres.address("postgres", "postgres").parse().unwrap()).unwrap()
}
