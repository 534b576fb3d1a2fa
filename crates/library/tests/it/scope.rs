//! Which documents a scope holds.

use library::{Library, Scope, ScopePart};

use crate::samples::{document, store};

const PATHS: [&str; 6] = [
    "/ada/report [draft].txt",
    "/ada/report d.txt",
    "/ada/cafe\u{301}/menu.md",
    "/ada/caf\u{e9}.txt",
    "/ada/cafe\u{301}.txt",
    "/ada/\u{c4}rzte.MD",
];

fn filled(library: &Library) {
    for path in PATHS {
        store(library, &document(path, &[path]));
    }
}

fn named(name: &str) -> Scope {
    Scope { documents: vec![name.to_owned()], ..Scope::default() }
}

#[test]
fn an_exact_name_goes_before_a_glob_and_accents_are_alike_however_they_are_written() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    filled(&library);
    let count = |scope: Scope| library.coverage(&scope).unwrap().indexed;
    for (name, expected) in [
        ("report [draft].txt", 1),
        ("REPORT [DRAFT].txt", 1),
        ("/ada/report [draft].txt", 1),
        ("ada/report [draft].txt", 1),
        ("report [a-f].txt", 1),
        ("report*", 2),
        ("caf\u{e9}.txt", 2),
        ("cafe\u{301}.txt", 2),
        ("*caf\u{e9}*", 3),
        ("\u{e4}rzte.md", 1),
        ("rzte.md", 0),
    ] {
        assert_eq!(count(named(name)), expected, "{name}");
    }
    let one = library.known_document(PATHS[1].as_ref()).unwrap().unwrap().id;
    assert_eq!(count(Scope { document: Some(one), ..Scope::default() }), 1);
    assert_eq!(count(Scope { document: Some(one), ..named("menu.md") }), 0);
    let folder = |path: &str| Scope { folder: Some(path.into()), ..Scope::default() };
    assert_eq!(count(folder("/ada/caf\u{e9}")), 1);
    let below = Scope { folder_names: vec!["CAF\u{c9}".to_owned()], ..Scope::default() };
    assert_eq!(count(below), 1);
    let types = Scope { types: vec!["md".to_owned()], ..Scope::default() };
    assert_eq!(count(types), 2);
}

#[test]
fn what_no_document_fits_is_told() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    filled(&library);
    let scope = Scope {
        documents: vec!["menu.md".to_owned(), "menus.md".to_owned()],
        folder: Some("/eve".into()),
        types: vec!["txt".to_owned(), "pdf".to_owned()],
        ..Scope::default()
    };
    let expected = [
        ScopePart::Document("menus.md".to_owned()),
        ScopePart::Folder("/eve".into()),
        ScopePart::Type("pdf".to_owned()),
    ];
    assert_eq!(library.unmatched(&scope).unwrap(), expected);
    assert_eq!(library.unmatched(&Scope::default()).unwrap(), []);
}
