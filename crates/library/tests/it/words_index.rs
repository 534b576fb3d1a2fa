//! The files of the index of words are a cache of the database.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

use library::{Library, Scope};

use crate::samples::{Search as _, document, never, store, texts};

fn fill(library: &Library, numbers: std::ops::Range<usize>) {
    for number in numbers {
        store(library, &document(&format!("/{number}.txt"), &[&format!("keeper number{number}")]));
    }
}

fn saved(directory: &Path, count: usize) {
    let library = Library::open(directory).unwrap();
    fill(&library, 0..count);
    library.save_index(&never).unwrap();
}

fn assert_complete(directory: &Path, count: usize) {
    let library = Library::open(directory).unwrap();
    let found =
        |query: &str| texts(&library, &library.search_lexical(query, 100, &Scope::default()).unwrap());
    assert_eq!(found("keeper").len(), count);
    for number in 0..count {
        assert_eq!(found(&format!("number{number}")), [format!("keeper number{number}")]);
    }
}

/// The files of segments, by name.
fn segments(directory: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(directory.join("words")).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| !matches!(file.extension().and_then(|end| end.to_str()), Some("json" | "lock")));
    files.sort();
    files
}

#[test]
fn is_read_again_as_it_was_saved_and_caught_up_when_behind() {
    let directory = tempfile::tempdir().unwrap();
    saved(directory.path(), 20);
    let before = segments(directory.path());
    assert!(!before.is_empty());
    assert_complete(directory.path(), 20);
    assert_eq!(segments(directory.path()), before);

    let copy = tempfile::tempdir().unwrap();
    fs::create_dir(copy.path().join("words")).unwrap();
    for entry in fs::read_dir(directory.path().join("words")).unwrap().flatten() {
        fs::copy(entry.path(), copy.path().join("words").join(entry.file_name())).unwrap();
    }
    let library = Library::open(directory.path()).unwrap();
    fill(&library, 20..25);
    library.remove_documents(&[library.known_document("/3.txt".as_ref()).unwrap().unwrap().id]).unwrap();
    store(&library, &document("/3.txt", &["keeper number3"]));
    library.save_index(&never).unwrap();
    drop(library);
    fs::remove_dir_all(directory.path().join("words")).unwrap();
    fs::rename(copy.path().join("words"), directory.path().join("words")).unwrap();
    assert_complete(directory.path(), 25);
}

#[test]
fn is_made_anew_where_a_file_is_missing_damaged_or_cut_short() {
    let directory = tempfile::tempdir().unwrap();
    saved(directory.path(), 20);
    let kinds: BTreeSet<OsString> =
        segments(directory.path()).iter().filter_map(|file| file.extension().map(OsString::from)).collect();
    assert!(kinds.len() > 3, "{kinds:?}");
    for kind in kinds {
        let file = || {
            let mut files = segments(directory.path()).into_iter();
            files.find(|file| file.extension() == Some(&kind)).unwrap()
        };
        let mut bytes = fs::read(file()).unwrap();
        let middle = bytes.len() / 2;
        bytes[middle] ^= 0x55;
        fs::write(file(), &bytes).unwrap();
        assert_complete(directory.path(), 20);

        let length = fs::metadata(file()).unwrap().len();
        fs::File::options().write(true).open(file()).unwrap().set_len(length / 3).unwrap();
        assert_complete(directory.path(), 20);

        fs::remove_file(file()).unwrap();
        assert_complete(directory.path(), 20);
    }
    for json in ["meta.json", ".managed.json"] {
        let file = directory.path().join("words").join(json);
        for content in [&b"{"[..], b"", b"[]", b"\xff\xfe"] {
            fs::write(&file, content).unwrap();
            assert_complete(directory.path(), 20);
        }
        fs::remove_file(&file).unwrap();
        assert_complete(directory.path(), 20);
    }
    fs::remove_dir_all(directory.path().join("words")).unwrap();
    assert_complete(directory.path(), 20);
}

#[test]
fn is_made_anew_beside_another_or_an_older_database() {
    let directory = tempfile::tempdir().unwrap();
    let (old, new) = (directory.path().join("old"), directory.path().join("new"));
    saved(&old, 10);
    fs::create_dir(&new).unwrap();
    fs::copy(old.join("library.db"), new.join("library.db")).unwrap();
    let library = Library::open(&old).unwrap();
    fill(&library, 10..20);
    library.save_index(&never).unwrap();
    drop(library);
    fs::rename(old.join("words"), new.join("words")).unwrap();
    assert_complete(&new, 10);

    let foreign = directory.path().join("foreign");
    saved(&foreign, 12);
    fs::remove_dir_all(foreign.join("words")).unwrap();
    fs::rename(new.join("words"), foreign.join("words")).unwrap();
    assert_complete(&foreign, 12);
}

#[test]
fn much_is_taken_in_beside_the_searches() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let lines: Vec<String> = (0..400).map(|line| format!("keeper line{line}")).collect();
    let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
    for number in 0..6 {
        store(&library, &document(&format!("/{number}.txt"), &lines));
    }
    drop(library);
    fs::remove_dir_all(directory.path().join("words")).unwrap();
    let library = Library::open(directory.path()).unwrap();
    let found = || library.search_lexical("line7", 100, &Scope::default()).unwrap().len();
    assert!(found() < 6, "the search did not wait");
    library.wait_for_words().unwrap();
    assert_eq!(found(), 6);
    store(&library, &document("/6.txt", &["keeper line7"]));
    assert_eq!(found(), 7);
}
