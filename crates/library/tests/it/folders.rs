//! Watched folders, what is left out of them, and paths of any name.

use std::path::Path;

use library::{Library, Removed};

use crate::samples::{document, store};

#[test]
fn an_outer_folder_takes_the_inner_ones_and_lone_files_in() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let inner = library.add_folder(Path::new("/home/ada/letters"), |_| true).unwrap();
    let mut letter = document("/home/ada/letters/1.txt", &["apples"]);
    letter.folder = Some(inner);
    store(&library, &letter);
    store(&library, &document("/home/ada/lease.txt", &["pears"]));
    store(&library, &document("/home/adam/other.txt", &["plums"]));

    let outer = library.add_folder(Path::new("/home/ada"), |_| true).unwrap();
    let folders: Vec<_> = library.folders().unwrap().into_iter().map(|folder| folder.id).collect();
    assert_eq!(folders, [outer]);
    let of = |path: &str| library.known_document(Path::new(path)).unwrap().unwrap().folder;
    assert_eq!(of("/home/ada/letters/1.txt"), Some(outer));
    assert_eq!(of("/home/ada/lease.txt"), Some(outer));
    assert_eq!(of("/home/adam/other.txt"), None);
}

#[test]
fn what_is_removed_from_a_watched_folder_is_left_out_until_it_is_let_in_again() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let (home, letters) = (Path::new("/home/ada"), Path::new("/home/ada/letters"));
    let folder = library.add_folder(home, |_| true).unwrap();
    for path in ["/home/ada/letters/1.txt", "/home/ada/letters/2.txt", "/home/ada/lease.txt"] {
        let mut new = document(path, &[path]);
        new.folder = Some(folder);
        store(&library, &new);
    }
    assert_eq!(library.remove(Path::new("/home/eve")).unwrap(), Removed::default());
    assert_eq!(library.remove(letters).unwrap(), Removed { folders: 0, documents: 2 });
    let exclusions = library.exclusions().unwrap();
    assert!(exclusions.contain(letters) && !exclusions.contain(home));
    assert!(!exclusions.let_through(home, &letters.join("1.txt")));
    assert!(exclusions.let_through(home, &home.join("lease.txt")));
    assert!(exclusions.let_through(letters, &letters.join("1.txt")), "one who begins there comes to it");

    library.lift_exclusion(letters).unwrap();
    assert!(library.exclusions().unwrap().let_through(home, &letters.join("1.txt")));
    assert_eq!(library.remove(home).unwrap(), Removed { folders: 1, documents: 1 });
    assert!(!library.exclusions().unwrap().contain(home), "there is no folder to leave it out of");
}

#[cfg(unix)]
#[test]
fn names_that_are_not_unicode_are_told_apart_and_given_back() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let paths =
        [&b"/ada/caf\xe9.txt"[..], &b"/ada/caf\xe8.txt"[..]].map(|name| Path::new(OsStr::from_bytes(name)));
    for path in paths {
        let mut new = document("", &["apples"]);
        new.path = path.to_owned();
        store(&library, &new);
    }
    for path in paths {
        assert_eq!(library.known_document(path).unwrap().unwrap().path, path);
    }
    assert_eq!(library.remove(Path::new("/ada")).unwrap().documents, 2);
}
