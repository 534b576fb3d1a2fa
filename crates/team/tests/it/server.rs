//! A server that goes, comes back, and is looked after by others.

use library::{Error, ServerRefusal};
use team::{Address, TeamLibrary};
use testkit::postgres::Postgres;

use crate::members::document;

fn refusal<T>(result: library::Result<T>) -> Option<ServerRefusal> {
    match result.err() {
        Some(Error::Server { refusal, .. }) => Some(refusal),
        _ => None,
    }
}

#[test]
fn a_library_goes_on_after_the_server_was_started_again() {
    let Some(postgres) = Postgres::start() else { return };
    let address: Address = postgres.address("postgres", "postgres").parse().unwrap();
    let library = TeamLibrary::open(&address).unwrap();
    library.store_document(&document("/a.txt", "Before.")).unwrap();
    postgres.restart();
    assert_eq!(library.documents().unwrap().len(), 1);
    postgres.restart();
    // A change is not tried again by itself, as it may have been made; the next one is.
    if let Err(error) = library.store_document(&document("/b.txt", "Behind.")) {
        assert_eq!(refusal::<()>(Err(error)), Some(ServerRefusal::Unreachable));
        library.store_document(&document("/b.txt", "Behind.")).unwrap();
    }
    assert_eq!(library.documents().unwrap().len(), 2);
}

#[test]
fn a_server_that_is_not_there_is_said_to_be_unreachable() {
    let address: Address = "postgres://ida:hidden-word@127.0.0.1:1/papers".parse().unwrap();
    let error = TeamLibrary::open(&address).err().unwrap();
    assert!(!format!("{error} {error:?}").contains("hidden-word"));
    assert_eq!(refusal::<()>(Err(error)), Some(ServerRefusal::Unreachable));
}

#[test]
fn many_begin_a_library_at_once_and_a_newer_one_is_left_alone() {
    let Some(postgres) = Postgres::start() else { return };
    let address: Address = postgres.address("postgres", "postgres").parse().unwrap();
    std::thread::scope(|scope| {
        let opened = [0; 4].map(|_| scope.spawn(|| TeamLibrary::open(&address).map(|_| ())));
        for opened in opened {
            opened.join().unwrap().unwrap();
        }
    });
    let _ = postgres.psql("postgres", "INSERT INTO footnote.versions VALUES (99)");
    assert_eq!(refusal(TeamLibrary::open(&address)), Some(ServerRefusal::TooNew));
}

#[test]
fn a_text_of_any_kind_is_stored() {
    let Some(postgres) = Postgres::start() else { return };
    let library = TeamLibrary::open(&postgres.address("postgres", "postgres").parse().unwrap()).unwrap();
    let long: String = (0..120_000).map(|number| format!("word{number} ")).collect();
    for text in
        ["zero \0 byte", "", "it's \\ 'quoted'", "\u{1F980} 日本語のテキスト", &long, &"x".repeat(5_000)]
    {
        library.store_document(&document("/a.txt", text)).unwrap();
        let id = library.documents().unwrap()[0].id;
        let kept = library.page(id, 1).unwrap().unwrap().text;
        assert_eq!((kept.len(), kept.contains('\0')), (text.len(), false));
    }
}
