//! Databases that cannot be opened, and why.

use std::fs;

use library::{Error, Library};

use crate::samples::{document, store};

#[test]
fn refuses_a_newer_schema() {
    let directory = tempfile::tempdir().unwrap();
    drop(Library::open(directory.path()).unwrap());
    let file = directory.path().join("library.db");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Library::open(directory.path()).err().unwrap();
    assert!(
        matches!(&error, Error::NewerSchema { file: named, found: 99, .. } if *named == file),
        "{error:?}"
    );
}

#[test]
fn tells_that_a_database_is_damaged() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("library.db");
    fs::write(&file, "this is no database, only some text that is long enough to be looked at".repeat(20))
        .unwrap();
    assert!(matches!(Library::open(directory.path()).err().unwrap(), Error::Damaged { .. }));
}

#[test]
fn tells_that_its_folder_cannot_be_made() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("a file");
    fs::write(&file, "").unwrap();
    assert!(matches!(Library::open(&file.join("library")).err().unwrap(), Error::File { .. }));
}

#[test]
fn opens_by_many_threads_at_once() {
    let directory = tempfile::tempdir().unwrap();
    std::thread::scope(|scope| {
        let opening: Vec<_> =
            (0..4).map(|_| scope.spawn(|| Library::open(directory.path()).unwrap())).collect();
        let libraries: Vec<_> = opening.into_iter().map(|thread| thread.join().unwrap()).collect();
        store(&libraries[0], &document("/a.txt", &["apples"]));
        assert!(libraries.iter().all(|library| library.documents().unwrap().len() == 1));
    });
}
