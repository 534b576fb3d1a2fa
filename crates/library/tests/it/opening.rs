//! Databases that cannot be opened, and why.

use std::fs;

use library::{Error, Library, Scope};

use crate::samples::{document, store};

#[test]
fn refuses_a_newer_schema() {
    let directory = tempfile::tempdir().unwrap();
    drop(Library::open(directory.path()).unwrap());
    let file = directory.path().join("library.db");
    rusqlite::Connection::open(&file).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let error = Library::open(directory.path()).err().unwrap();
    assert!(matches!(error, Error::NewerSchema { found: 99, .. }), "{error:?}");
    assert!(error.to_string().contains("library.db"));
}

#[test]
fn the_words_of_an_older_library_are_found_in_the_new_form() {
    let directory = tempfile::tempdir().unwrap();
    let old = rusqlite::Connection::open(directory.path().join("library.db")).unwrap();
    old.execute_batch(include_str!("../../src/schema/1_initial.sql")).unwrap();
    old.execute_batch(include_str!("../../src/schema/2_pictures.sql")).unwrap();
    old.execute_batch(
        "INSERT INTO documents (id, path, format, size, mtime_ns) VALUES (7, '/work/Lease 2018.txt', 'txt', 9, 9);
         INSERT INTO pages VALUES (7, 1, 1.0, 'text', 'The rent is 1,577 a month.', x'00');
         INSERT INTO chunks (document_id, ordinal, text_hash, page_first, page_last, page_spans, heading_path,
                             text, embedded_text)
         VALUES (7, 0, x'00', 1, 1, '[]', '[\"Rent\"]', 'The rent is 1,577 a month.', 'Rent');
         PRAGMA user_version = 2;",
    )
    .unwrap();
    drop(old);
    let library = Library::open(directory.path()).unwrap();
    let everywhere = Scope::default();
    assert_eq!(library.search_lexical("1577", 10, &everywhere).unwrap().len(), 1);
    assert_eq!(library.search_pages("1577", 10, &everywhere).unwrap()[0].page, 1);
    assert_eq!(library.documents_named("the lease of 2018").unwrap().len(), 1);
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
