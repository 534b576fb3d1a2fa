//! Libraries with something wrong, and what is done about it.

use std::fs::{self, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use library::{Error, Library, Mended, Scope, examine};
use rusqlite::Connection;

use crate::samples::{Search as _, document, never, store, texts, vector_of_chunk};

fn filled(directory: &Path) -> Library {
    let library = Library::open(directory).unwrap();
    for number in 0..60 {
        let pages: Vec<String> =
            (0..12).map(|page| format!("tide {number} at quay {page} ").repeat(60)).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        store(&library, &document(&format!("/{number}.txt"), &pages));
    }
    library.create_conversation("About tides").unwrap();
    library.save_index(&never).unwrap();
    library.release();
    library
}

/// The database, without the rules that hold for everybody else.
fn database(directory: &Path) -> Connection {
    let connection = Connection::open(directory.join("library.db")).unwrap();
    connection.pragma_update(None, "foreign_keys", false).unwrap();
    connection
}

fn mended(directory: &Path) -> Vec<Mended> {
    let mended = examine(directory, &|_| ()).unwrap();
    assert_eq!(examine(directory, &|_| ()).unwrap(), [], "nothing is wrong after {mended:?}");
    mended
}

fn is_found(library: &Library, number: usize) {
    let text = format!("tide {number} at quay 3 ").repeat(60);
    let near = library.search_dense(&vector_of_chunk(&text), 1, &Scope::default()).unwrap();
    assert_eq!(texts(library, &near), [text]);
    assert_eq!(library.search_lexical(&format!("tide {number}"), 1, &Scope::default()).unwrap().len(), 1);
}

#[test]
fn a_whole_library_is_left_as_it_is_also_one_of_an_older_version() {
    let directory = tempfile::tempdir().unwrap();
    let library = filled(directory.path());
    assert_eq!(examine(directory.path(), &|_| ()).unwrap(), []);
    is_found(&library, 7);
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/libraries");
    for version in [1, 8, 13] {
        let directory = tempfile::tempdir().unwrap();
        fs::copy(fixtures.join(format!("schema-{version}.db")), directory.path().join("library.db")).unwrap();
        let found = examine(directory.path(), &|_| ()).unwrap();
        assert!(found.iter().all(|one| matches!(one, Mended::UnusedVectors { .. })), "{version}: {found:?}");
    }
}

#[test]
fn what_belongs_to_nothing_goes_and_what_lacks_something_is_read_again() {
    let directory = tempfile::tempdir().unwrap();
    let library = filled(directory.path());
    let gone = library.documents().unwrap()[3].id;
    let broken = database(directory.path());
    broken.execute("DELETE FROM documents WHERE id = ?1", [gone]).unwrap();
    broken.execute("DELETE FROM pages WHERE document_id = ?1 AND number = 4", [gone.0 + 1]).unwrap();
    broken.execute("DELETE FROM chunks WHERE document_id = ?1 AND ordinal = 4", [gone.0 + 2]).unwrap();
    broken.execute("UPDATE vectors SET vector = x'00' WHERE id = 200", []).unwrap();
    broken.execute("DELETE FROM conversation_words", []).unwrap();
    for begun in [true, true, false] {
        broken.execute("INSERT INTO jobs (work, begun) VALUES ('the same', ?1)", [begun]).unwrap();
    }
    drop(broken);
    fs::write(directory.path().join("library.db.part"), "half a backup").unwrap();
    let found = mended(directory.path());
    assert_eq!(
        found,
        [
            Mended::Leftovers { bytes: 13 },
            Mended::Orphans { rows: 24 },
            Mended::Incomplete { documents: 2 },
            Mended::BrokenVectors { vectors: 1 },
            Mended::ConversationWords,
            Mended::Jobs { jobs: 2 },
            Mended::WordFiles,
            Mended::VectorFiles,
        ]
    );
    assert_eq!(library.jobs().unwrap().iter().map(|job| job.begun).collect::<Vec<_>>(), [false]);
    let again = library.documents().unwrap().iter().filter(|document| document.mtime_ns == -1).count();
    assert_eq!((again, library.documents().unwrap().len()), (2, 59));
    assert_eq!(library.conversations("tides").unwrap().len(), 1);
    is_found(&library, 20);

    let lacking = database(directory.path());
    lacking.execute("DELETE FROM pages WHERE document_id = ?1 AND number = 4", [gone.0 + 9]).unwrap();
    drop(lacking);
    let found = mended(directory.path());
    assert_eq!(found, [Mended::Incomplete { documents: 1 }, Mended::Words { documents: 1 }]);
}

#[test]
fn vectors_of_texts_that_are_in_no_document_go() {
    let directory = tempfile::tempdir().unwrap();
    let library = filled(directory.path());
    let gone = library.documents().unwrap()[3].id;
    library.remove_documents(&[gone]).unwrap();
    library.save_index(&never).unwrap();
    library.release();
    assert_eq!(mended(directory.path()), [Mended::UnusedVectors { vectors: 12 }]);
    is_found(&library, 20);
}

/// The second half of each file, or the middle of a small one.
fn damage(file: &Path) {
    let length = fs::metadata(file).unwrap().len();
    let mut file = OpenOptions::new().write(true).open(file).unwrap();
    file.seek(SeekFrom::Start(length / 2)).unwrap();
    file.write_all(&vec![0xa5; usize::try_from(length / 8 + 1).unwrap()]).unwrap();
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn damaged_and_swapped_files_of_indexes_are_made_anew() {
    let (directory, other) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    drop(filled(directory.path()));
    drop(filled(other.path()));
    let (words, index) = (directory.path().join("words"), directory.path().join("index"));
    for file in
        files(&words).into_iter().filter(|file| file.extension().is_some_and(|ending| ending == "idx"))
    {
        damage(&file);
    }
    assert_eq!(mended(directory.path()), [Mended::WordFiles]);
    for file in files(&index) {
        damage(&file);
    }
    assert_eq!(mended(directory.path()), [Mended::VectorFiles]);
    for folder in [&words, &index] {
        let aside = directory.path().join("aside");
        let there = other.path().join(folder.file_name().unwrap());
        fs::rename(folder, &aside).unwrap();
        fs::rename(&there, folder).unwrap();
        fs::rename(&aside, &there).unwrap();
    }
    assert_eq!(mended(directory.path()), [Mended::WordFiles, Mended::VectorFiles]);
    is_found(&Library::open(directory.path()).unwrap(), 41);
}

#[test]
fn an_index_inside_the_database_that_lacks_rows_is_made_anew() {
    let directory = tempfile::tempdir().unwrap();
    drop(filled(directory.path()));
    let hidden = "CREATE INDEX documents_by_content ON documents (content_hash)";
    let schema = |change: &str| {
        let database = database(directory.path());
        database.set_db_config(rusqlite::config::DbConfig::SQLITE_DBCONFIG_DEFENSIVE, false).unwrap();
        database.pragma_update(None, "writable_schema", true).unwrap();
        database.execute_batch(change).unwrap();
    };
    schema(
        "CREATE TABLE kept AS SELECT * FROM sqlite_schema WHERE name = 'documents_by_content';
         DELETE FROM sqlite_schema WHERE name = 'documents_by_content';",
    );
    database(directory.path()).execute("UPDATE documents SET content_hash = x'01' WHERE id = 5", []).unwrap();
    schema("INSERT INTO sqlite_schema SELECT * FROM kept; DROP TABLE kept;");
    let sql: String = database(directory.path())
        .query_row("SELECT sql FROM sqlite_schema WHERE name = 'documents_by_content'", [], |row| row.get(0))
        .unwrap();
    assert_eq!(sql, hidden);
    assert_eq!(mended(directory.path()), [Mended::Reindexed]);
}

#[test]
fn what_can_be_read_of_a_damaged_database_is_saved() {
    let directory = tempfile::tempdir().unwrap();
    let library = filled(directory.path());
    let all = library.status().unwrap();
    drop(library);
    let file = directory.path().join("library.db");
    let length = fs::metadata(&file).unwrap().len();
    let mut damaged = OpenOptions::new().write(true).open(&file).unwrap();
    for place in [length / 3, length / 2] {
        damaged.seek(SeekFrom::Start(place / 16_384 * 16_384)).unwrap();
        damaged.write_all(&[0x5a; 3 * 16_384]).unwrap();
    }
    drop(damaged);
    let found = mended(directory.path());
    let Some(Mended::Salvaged { rows, lost }) = found.first() else { panic!("{found:?}") };
    assert!(*rows > 1_500 && *lost > 0, "{found:?}");
    assert!(directory.path().join("library.db.damaged").exists());
    let library = Library::open(directory.path()).unwrap();
    let saved = library.status().unwrap();
    // Six pages of about a hundred and thirty.
    assert!(saved.documents == all.documents && saved.chunks * 10 > all.chunks * 8, "{saved:?}");
    assert_eq!(library.conversations("tides").unwrap().len(), 1);
    let again = library.documents().unwrap().iter().filter(|document| document.mtime_ns == -1).count();
    assert!((1..20).contains(&again), "{again}");
    store(&library, &document("/new.txt", &["a lamp"]));
    assert_eq!(library.search_lexical("lamp", 1, &Scope::default()).unwrap().len(), 1);
}

#[test]
fn where_nothing_can_be_read_nothing_is_touched() {
    let directory = tempfile::tempdir().unwrap();
    assert!(matches!(examine(directory.path(), &|_| ()), Err(Error::File { .. })));
    let file = directory.path().join("library.db");
    let nonsense = b"no database at all".repeat(5_000);
    fs::write(&file, &nonsense).unwrap();
    assert!(matches!(examine(directory.path(), &|_| ()), Err(Error::Damaged { .. })));
    assert_eq!(fs::read(&file).unwrap(), nonsense);
    let library = tempfile::tempdir().unwrap();
    let held = filled(library.path());
    store(&held, &document("/held.txt", &["held"]));
    assert!(matches!(examine(library.path(), &|_| ()), Err(Error::InUse { holder: Some(_), .. })));
}
