//! The index files are a cache of the database.

use std::fs;
use std::path::Path;

use library::{IndexOrigin, Library, Scope};

use crate::samples::{Search as _, document, never, store, texts, vector_of_chunk};

fn fill(library: &Library, numbers: std::ops::Range<usize>) {
    for number in numbers {
        store(library, &document(&format!("/{number}.txt"), &[&format!("text {number}")]));
    }
}

fn origin(library: &Library) -> IndexOrigin {
    library.status().unwrap().index.unwrap().origin
}

fn assert_complete(library: &Library, count: usize) {
    assert_eq!(library.status().unwrap().index.unwrap().count, count);
    for number in 0..count {
        let text = format!("text {number}");
        let hits = library.search_dense(&vector_of_chunk(&text), 1, &Scope::default()).unwrap();
        assert_eq!(texts(library, &hits), [text]);
    }
}

fn saved(directory: &Path, count: usize) {
    let library = Library::open(directory).unwrap();
    fill(&library, 0..count);
    library.save_index(&never).unwrap();
    assert!(library.status().unwrap().index_bytes > 0);
}

#[test]
fn is_loaded_again_and_caught_up_when_behind() {
    let directory = tempfile::tempdir().unwrap();
    saved(directory.path(), 20);
    let library = Library::open(directory.path()).unwrap();
    assert_eq!(origin(&library), IndexOrigin::Loaded);
    assert_complete(&library, 20);
    fill(&library, 20..25);
    assert_complete(&library, 25);
    drop(library);

    let library = Library::open(directory.path()).unwrap();
    assert_eq!(origin(&library), IndexOrigin::CaughtUp { added: 5 });
    assert_complete(&library, 25);
    library.save_index(&never).unwrap();
    drop(library);
    assert_eq!(origin(&Library::open(directory.path()).unwrap()), IndexOrigin::Loaded);
}

/// Changes a byte of the only segment.
fn damage(index: &Path, byte: usize) {
    let mut files = fs::read_dir(index.join("1")).unwrap().map(|entry| entry.unwrap().path());
    let segment = files.find(|file| file.file_name().is_some_and(|name| name != "manifest")).unwrap();
    let mut bytes = fs::read(&segment).unwrap();
    bytes[byte] ^= 1;
    fs::write(&segment, bytes).unwrap();
}

#[test]
fn damage_is_found_by_the_search_that_comes_upon_it() {
    let directory = tempfile::tempdir().unwrap();
    saved(directory.path(), 20);
    // In the midst of the records.
    damage(&directory.path().join("index"), 12 * 64 + 5);
    let library = Library::open(directory.path()).unwrap();
    assert_eq!(origin(&library), IndexOrigin::Loaded);
    assert_complete(&library, 20);
    assert!(matches!(origin(&library), IndexOrigin::Rebuilt { .. }));
    library.save_index(&never).unwrap();
    drop(library);
    let library = Library::open(directory.path()).unwrap();
    assert_eq!(origin(&library), IndexOrigin::Loaded);
    assert_complete(&library, 20);
}

#[test]
fn is_rebuilt_when_its_files_are_gone_or_damaged() {
    let directory = tempfile::tempdir().unwrap();
    saved(directory.path(), 20);
    let index = directory.path().join("index");
    fs::remove_dir_all(&index).unwrap();
    let library = Library::open(directory.path()).unwrap();
    assert!(matches!(origin(&library), IndexOrigin::Rebuilt { .. }));
    assert_complete(&library, 20);
    library.save_index(&never).unwrap();
    drop(library);

    // In the head.
    damage(&index, 20);
    let library = Library::open(directory.path()).unwrap();
    assert!(matches!(origin(&library), IndexOrigin::Rebuilt { .. }));
    assert_complete(&library, 20);
    library.save_index(&never).unwrap();
    drop(library);
    assert_eq!(origin(&Library::open(directory.path()).unwrap()), IndexOrigin::Loaded);
}

#[test]
fn is_rebuilt_beside_another_or_an_older_database() {
    let directory = tempfile::tempdir().unwrap();
    let (old, new) = (directory.path().join("old"), directory.path().join("new"));
    saved(&old, 10);
    fs::create_dir(&new).unwrap();
    fs::copy(old.join("library.db"), new.join("library.db")).unwrap();
    let library = Library::open(&old).unwrap();
    fill(&library, 10..20);
    library.save_index(&never).unwrap();
    drop(library);
    fs::rename(old.join("index"), new.join("index")).unwrap();

    let library = Library::open(&new).unwrap();
    assert!(matches!(origin(&library), IndexOrigin::Rebuilt { .. }));
    assert_complete(&library, 10);
    drop(library);

    let foreign = directory.path().join("foreign");
    saved(&foreign, 10);
    fs::remove_dir_all(foreign.join("index")).unwrap();
    fs::rename(new.join("index"), foreign.join("index")).unwrap();
    let library = Library::open(&foreign).unwrap();
    assert!(matches!(origin(&library), IndexOrigin::Rebuilt { .. }));
    assert_complete(&library, 10);
}

#[test]
fn forgets_what_another_process_pruned() {
    let directory = tempfile::tempdir().unwrap();
    saved(directory.path(), 20);
    let library = Library::open(directory.path()).unwrap();
    let gone: Vec<_> = library.documents().unwrap()[5..].iter().map(|document| document.id).collect();
    library.remove_documents(&gone).unwrap();
    assert_eq!(library.prune_vectors().unwrap(), 15);
    assert_complete(&library, 5);
    drop(library);
    let library = Library::open(directory.path()).unwrap();
    assert!(matches!(origin(&library), IndexOrigin::Rebuilt { .. }));
    assert_complete(&library, 5);
}
