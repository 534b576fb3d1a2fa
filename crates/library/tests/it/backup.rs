//! Backups, and what is put in a library's place.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread::sleep;
use std::time::Duration;
use std::{env, io};

use library::{CopyingStage, Error, Library, Scope, restore};

use crate::samples::{Search as _, document, never, store, texts, vector_of_chunk};

fn open(directory: &Path) -> Library {
    Library::open(directory).unwrap()
}

fn paths(library: &Library) -> Vec<String> {
    let documents = library.documents().unwrap();
    documents.iter().map(|document| document.path.to_string_lossy().into_owned()).collect()
}

fn found(library: &Library, text: &str) -> Vec<String> {
    texts(library, &library.search_dense(&vector_of_chunk(text), 1, &Scope::default()).unwrap())
}

fn has_word(library: &Library, word: &str) -> bool {
    !library.search_lexical(word, 1, &Scope::default()).unwrap().is_empty()
}

#[test]
fn what_was_backed_up_comes_back_also_for_those_who_have_the_library_open() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("library.footnote");
    let library = open(&directory.path().join("library"));
    store(&library, &document("/a.txt", &["apples"]));
    let conversation = library.create_conversation("About apples").unwrap();
    let bytes = library.back_up(&file, "{}", &|_| true).unwrap();
    assert_eq!(bytes, Some(fs::metadata(&file).unwrap().len()));

    store(&library, &document("/b.txt", &["pears"]));
    store(&library, &document("/a.txt", &["plums"]));
    library.delete_conversation(conversation).unwrap();
    library.save_index(&never).unwrap();
    assert!(has_word(&library, "pears") && found(&library, "plums") == ["plums"]);
    library.release();

    let restored = restore(&directory.path().join("library"), &file, &|_| true).unwrap().unwrap();
    assert_eq!(restored.settings, "{}");
    for library in [&library, &open(&directory.path().join("library"))] {
        assert_eq!(paths(library), ["/a.txt"]);
        assert_eq!(found(library, "apples"), ["apples"]);
        assert!(has_word(library, "apples") && !has_word(library, "pears") && !has_word(library, "plums"));
        assert_eq!(library.conversations("").unwrap().len(), 1);
    }
    // And it goes on from there.
    store(&library, &document("/c.txt", &["quinces"]));
    library.save_index(&never).unwrap();
    assert!(has_word(&library, "quinces") && found(&library, "quinces") == ["quinces"]);
    assert_eq!(open(&directory.path().join("library")).status().unwrap().index.unwrap().count, 2);
}

#[test]
fn a_backup_goes_where_no_library_is() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("library.footnote");
    let library = open(&directory.path().join("library"));
    store(&library, &document("/a.txt", &["apples"]));
    library.back_up(&file, "{}", &|_| true).unwrap();
    let elsewhere = directory.path().join("elsewhere");
    restore(&elsewhere, &file, &|_| true).unwrap();
    assert_eq!(found(&open(&elsewhere), "apples"), ["apples"]);
    let left: Vec<_> = fs::read_dir(&elsewhere).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert!(!left.iter().any(|name| name.to_string_lossy().contains("part")), "{left:?}");
}

#[test]
fn an_old_library_of_other_pages_takes_a_backup() {
    let directory = tempfile::tempdir().unwrap();
    let (old, new) = (directory.path().join("old"), directory.path().join("new"));
    let file = directory.path().join("library.footnote");
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/libraries");
    fs::create_dir(&old).unwrap();
    fs::copy(fixtures.join("schema-1.db"), old.join("library.db")).unwrap();
    let library = open(&new);
    store(&library, &document("/a.txt", &["apples"]));
    library.back_up(&file, "{}", &|_| true).unwrap();
    restore(&old, &file, &|_| true).unwrap();
    assert_eq!(paths(&open(&old)), ["/a.txt"]);
}

#[test]
fn what_is_no_whole_backup_is_refused_and_nothing_is_changed() {
    let directory = tempfile::tempdir().unwrap();
    let (here, file) = (directory.path().join("library"), directory.path().join("library.footnote"));
    let library = open(&here);
    store(&library, &document("/a.txt", &["apples"]));
    library.back_up(&file, "{}", &|_| true).unwrap();
    store(&library, &document("/b.txt", &["pears"]));
    library.release();
    let whole = fs::read(&file).unwrap();
    let refused = |bytes: &[u8]| {
        let bad = directory.path().join("bad");
        fs::write(&bad, bytes).unwrap();
        let error = restore(&here, &bad, &|_| true).unwrap_err();
        assert_eq!(paths(&library), ["/a.txt", "/b.txt"]);
        error
    };
    for place in [0, 100, whole.len() / 2, whole.len() - 60] {
        let mut flipped = whole.clone();
        flipped[place] ^= 1;
        assert!(matches!(refused(&flipped), Error::BackupDamaged(_)), "{place}");
    }
    for no_backup in [&whole[..whole.len() - 1], &whole[..whole.len() / 2], b"", b"an invoice"] {
        assert!(matches!(refused(no_backup), Error::NoBackup(_)));
    }
    let stopped = |stage| restore(&here, &file, &move |copying| copying.stage != stage).unwrap();
    assert_eq!(stopped(CopyingStage::Copying), None);
    assert_eq!(paths(&library), ["/a.txt", "/b.txt"]);
    let other = directory.path().join("other.footnote");
    assert_eq!(library.back_up(&other, "{}", &|_| false).unwrap(), None);
    assert_eq!(fs::read_dir(directory.path()).unwrap().count(), 3, "nothing is left of what was stopped");
}

#[test]
fn a_newer_backup_and_a_newer_library_are_refused() {
    let directory = tempfile::tempdir().unwrap();
    let (here, newer) = (directory.path().join("library"), directory.path().join("newer"));
    let (file, of_newer) = (directory.path().join("a"), directory.path().join("b"));
    for (at, file) in [(&here, &file), (&newer, &of_newer)] {
        let library = open(at);
        store(&library, &document("/a.txt", &["apples"]));
        if at == &newer {
            let database = rusqlite::Connection::open(at.join("library.db")).unwrap();
            database.pragma_update(None, "user_version", 99).unwrap();
        }
        library.back_up(file, "{}", &|_| true).unwrap();
    }
    let error = restore(&here, &of_newer, &|_| true).unwrap_err();
    assert!(matches!(&error, Error::NewerSchema { file, found: 99, .. } if *file == of_newer), "{error:?}");
    assert!(matches!(restore(&newer, &file, &|_| true), Err(Error::NewerSchema { found: 99, .. })));
    assert_eq!(paths(&open(&here)), ["/a.txt"]);
}

#[test]
fn a_damaged_library_is_kept_beside_the_backup_that_takes_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let (here, file) = (directory.path().join("library"), directory.path().join("library.footnote"));
    let library = open(&here);
    store(&library, &document("/a.txt", &["apples"]));
    library.back_up(&file, "{}", &|_| true).unwrap();
    drop(library);
    fs::write(here.join("library.db"), b"no database at all".repeat(1_000)).unwrap();
    restore(&here, &file, &|_| true).unwrap();
    assert_eq!(paths(&open(&here)), ["/a.txt"]);
    assert!(fs::read(here.join("library.db.damaged")).unwrap().starts_with(b"no database"));
}

/// In one transaction or none, whatever is stored meanwhile.
#[test]
fn a_backup_is_of_one_moment_though_documents_are_stored() {
    let directory = tempfile::tempdir().unwrap();
    let library = open(&directory.path().join("library"));
    store(&library, &document("/0.txt", &["tide 0"]));
    std::thread::scope(|scope| {
        scope.spawn(|| {
            for number in 1..60 {
                store(&library, &document(&format!("/{number}.txt"), &[&format!("tide {number}")]));
            }
        });
        let mut before = 0;
        for number in 0..6 {
            let file = directory.path().join(format!("{number}.footnote"));
            library.back_up(&file, "{}", &|_| true).unwrap();
            let restored = directory.path().join(number.to_string());
            restore(&restored, &file, &|_| true).unwrap();
            let status = open(&restored).status().unwrap();
            assert_eq!(status.documents, status.chunks);
            assert!(status.documents >= before);
            before = status.documents;
        }
    });
}

const KILLED: &str = "FOOTNOTE_TEST_KILLED_IN";

/// What the other process does until it is killed.
fn back_up_and_restore(directory: &Path) -> io::Result<()> {
    let (here, file) = (directory.join("library"), directory.join("library.footnote"));
    let slowly = |_| {
        sleep(Duration::from_millis(2));
        true
    };
    loop {
        let library = open(&here);
        library.back_up(&file, "{}", &slowly).unwrap();
        library.release();
        fs::write(directory.join("backed up"), "")?;
        restore(&here, &file, &slowly).unwrap();
    }
}

#[test]
fn killed_at_any_moment_neither_the_library_nor_the_backup_is_lost() {
    if let Some(directory) = env::var_os(KILLED) {
        return back_up_and_restore(Path::new(&directory)).unwrap();
    }
    let directory = tempfile::tempdir().unwrap();
    let (here, file) = (directory.path().join("library"), directory.path().join("library.footnote"));
    let library = open(&here);
    for number in 0..40 {
        let pages: Vec<String> =
            (0..20).map(|page| format!("tide {number} at quay {page} ").repeat(40)).collect();
        let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
        store(&library, &document(&format!("/{number}.txt"), &pages));
    }
    library.save_index(&never).unwrap();
    let all = paths(&library);
    drop(library);
    for attempt in 0..25_u64 {
        let mut process = Command::new(env::current_exe().unwrap())
            .args(["--exact", "backup::killed_at_any_moment_neither_the_library_nor_the_backup_is_lost"])
            .env(KILLED, directory.path())
            .spawn()
            .unwrap();
        while attempt > 0 && !directory.path().join("backed up").exists() {
            sleep(Duration::from_millis(1));
        }
        sleep(Duration::from_millis(attempt * 17 % 230));
        process.kill().unwrap();
        process.wait().unwrap();
        assert_eq!(paths(&open(&here)), all, "after attempt {attempt}");
        if directory.path().join("backed up").exists() {
            let elsewhere = tempfile::tempdir().unwrap();
            restore(elsewhere.path(), &file, &|_| true).unwrap();
            assert_eq!(paths(&open(elsewhere.path())), all, "from the backup, after attempt {attempt}");
        }
    }
}
