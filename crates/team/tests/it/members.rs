//! Readers and writers, and what is theirs alone.

use library::{Answer, Error, Exclusions, NewDocument, Query, Scope, ServerRefusal};
use team::TeamLibrary;
use testkit::postgres::Postgres;

fn join(postgres: &Postgres, member: &str) -> library::Result<TeamLibrary> {
    TeamLibrary::open(&postgres.address(member, "postgres").parse().unwrap())
}

fn refusal<T>(result: library::Result<T>) -> Option<ServerRefusal> {
    match result.err() {
        Some(Error::Server { refusal, .. }) => Some(refusal),
        _ => None,
    }
}

pub(crate) fn document(path: &str, text: &str) -> NewDocument {
    let span = library::PageSpan { page: 1, start: 0, end: text.len() };
    NewDocument {
        path: path.into(),
        folder: None,
        format: "text".to_owned(),
        title: None,
        size: 1,
        mtime_ns: 1,
        content_hash: library::ContentHash(library::TextHash::of(text).0),
        pages: vec![library::NewPage {
            number: 1,
            label: None,
            text: text.to_owned(),
            layout: Vec::new(),
            quality: 1.0,
            source_engine: "text".to_owned(),
        }],
        chunks: vec![library::NewChunk {
            text: text.to_owned(),
            embedded_text: format!("{path}\n{text}"),
            heading_path: Vec::new(),
            page_spans: vec![span],
        }],
        warnings: Vec::new(),
    }
}

#[test]
fn each_member_may_do_what_their_role_says() {
    let Some(postgres) = Postgres::start() else { return };
    let _ = postgres.psql("postgres", "CREATE ROLE visitor LOGIN");
    assert_eq!(refusal(join(&postgres, "visitor")), Some(ServerRefusal::NotBegun));
    assert_eq!(refusal(join(&postgres, "stranger")), Some(ServerRefusal::Login));
    let owner = join(&postgres, "postgres").unwrap();
    let roles = include_str!("../../roles.sql");
    for _ in 0..2 {
        let _ = postgres.psql("postgres", roles);
    }
    let members =
        "CREATE ROLE ida LOGIN IN ROLE footnote_writers; CREATE ROLE ben LOGIN IN ROLE footnote_readers;
                   CREATE ROLE eva LOGIN IN ROLE footnote_readers";
    let _ = postgres.psql("postgres", members);
    let [ida, ben, eva] = ["ida", "ben", "eva"].map(|member| join(&postgres, member).unwrap());

    let space =
        library::EmbeddingSpace { model: "m".to_owned(), passage_instruction: String::new(), dimensions: 2 };
    ida.store_document(&document("/a.txt", "The rent is 5 euros.")).unwrap();
    let space = ida.space(&space, None).unwrap();
    let texts = ida.unembedded_texts(space, library::ChunkId(0), 5).unwrap();
    ida.store_vectors(space, &[(texts[0].hash, vec![0.6, 0.8])]).unwrap();
    assert!(ida.claim(std::path::Path::new("/b.txt")).unwrap());
    ida.give_back_claims().unwrap();

    let scope = Scope::default();
    let query =
        Query { text: "rent", vector: Some(&[0.6, 0.8]), scope: &scope, chunks: 5, pages: 5, near: 5 };
    let found = ben.candidates(&query).unwrap();
    assert_eq!((found.lexical.len(), found.near.len()), (1, 1));
    let stored = ben.store_document(&document("/c.txt", "More."));
    assert_eq!(refusal(stored), Some(ServerRefusal::NotAllowed));
    assert_eq!(refusal(ben.drop_space(space)), Some(ServerRefusal::NotAllowed));
    assert!(refusal(join(&postgres, "visitor")).is_some());

    // Conversations belong to their author, whoever may see all rows.
    let mine = ben.create_conversation("Mine").unwrap();
    ben.append_message(mine, "What is the rent?", &Answer::default()).unwrap();
    for other in [&eva, &ida, &owner] {
        assert!(other.conversations("").unwrap().is_empty() && other.messages().unwrap().is_empty());
        assert!(other.conversation(mine).unwrap().is_none());
        assert!(other.rename_conversation(mine, "Yours").is_err());
        other.delete_conversation(mine).unwrap();
    }
    assert_eq!(ben.conversations("rent").unwrap().len(), 1);
    let _: Exclusions = ben.exclusions().unwrap();
}
