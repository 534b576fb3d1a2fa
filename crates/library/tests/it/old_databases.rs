//! Databases as earlier versions wrote them (see tests/fixtures/libraries/README.md) are opened with all that is in them.

use std::fs;
use std::path::{Path, PathBuf};

use library::{ChunkId, Coded, DocumentState, Library, Outcome, Scope, Support, TextHash};
use rusqlite::Connection;
use tempfile::TempDir;

use crate::samples::{Search as _, space};

fn fixture(schema: usize) -> PathBuf {
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/libraries");
    fixtures.join(format!("schema-{schema}.db"))
}

fn schema_of(file: &Path) -> usize {
    let database = Connection::open(file).unwrap();
    database.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap()
}

/// A library with the database of an earlier version.
fn old_library(schema: usize) -> TempDir {
    let directory = tempfile::tempdir().unwrap();
    fs::copy(fixture(schema), directory.path().join("library.db")).unwrap();
    directory
}

#[test]
fn there_is_a_database_of_each_schema_before_the_latest() {
    let directory = tempfile::tempdir().unwrap();
    drop(Library::open(directory.path()).unwrap());
    let latest = schema_of(&directory.path().join("library.db"));
    for schema in 1..latest {
        assert_eq!(schema_of(&fixture(schema)), schema, "keep a database of schema {schema} as a fixture");
    }
}

#[test]
fn an_old_database_keeps_its_documents_words_vectors_and_conversations() {
    for schema in (1..).take_while(|schema| fixture(*schema).exists()) {
        let directory = old_library(schema);
        let library = Library::open(directory.path()).unwrap();
        let everywhere = Scope::default();
        assert_eq!(library.documents().unwrap().len(), 2, "schema {schema}");
        assert_eq!(library.status().unwrap().vectors, 2, "schema {schema}");
        let found = library.search_lexical("1577", 10, &everywhere).unwrap();
        assert_eq!(library.passages(&[found[0].chunk]).unwrap()[0].title.as_deref(), Some("Costs"));
        assert_eq!(library.search_pages("1577", 10, &everywhere).unwrap().len(), 1, "schema {schema}");
        let unlabelled = library.unlabelled_documents().unwrap();
        assert_eq!(unlabelled.len(), 2, "schema {schema}");
        assert_eq!(library.page_labels(unlabelled[0]).unwrap(), []);
        let names = library.find("the costs", None, 10, &everywhere).unwrap().names;
        assert_eq!(names.words[0].in_name.len(), 1, "schema {schema}");

        assert_eq!(library.conversations("").unwrap().len(), 3);
        let gauge = library.conversations("gauge 1,577").unwrap().remove(0);
        let (_, messages) = library.conversation(gauge.id).unwrap().unwrap();
        let answer = messages[0].answer.as_ref().unwrap();
        assert_eq!(answer.text, "The new tide gauge cost 1,577 euros in 2018. [1]", "schema {schema}");
        assert_eq!((answer.outcome, answer.coverage.indexed), (Outcome::Answered, 2));
        assert_eq!((answer.usage.prompt_tokens > 300, answer.built_in), (true, true));
        let [citation] = answer.citations.as_slice() else { panic!("{:?}", answer.citations) };
        assert_eq!(citation.quote, "The new tide gauge cost 1,577 euros in 2018.");
        assert_eq!((citation.page, citation.support), (1, Some(Support::Supported)));
        assert_eq!(citation.document_id, answer.passages[0].document_id);
        assert_eq!(answer.passages.len(), 2);
        assert_eq!(messages[0].changed_sources, []);
        assert_eq!(messages.len(), 2);

        let refused = library.conversations("cookbook").unwrap().remove(0);
        let (_, messages) = library.conversation(refused.id).unwrap().unwrap();
        assert_eq!(messages[0].answer.as_ref().unwrap().outcome, Outcome::NotInDocuments, "schema {schema}");
    }
}

#[test]
fn what_an_old_database_holds_twice_is_kept_once_and_read_as_before() {
    let directory = old_library(12);
    let file = directory.path().join("library.db");
    let sum =
        |sql: &str| -> i64 { Connection::open(&file).unwrap().query_row(sql, [], |row| row.get(0)).unwrap() };
    let (texts, vectors) = (
        "SELECT sum(length(text) + length(embedded_text)) FROM chunks",
        "SELECT sum(length(vector)) FROM vectors",
    );
    let before = sum(vectors);
    let library = Library::open(directory.path()).unwrap();
    // Of a space of its own, none of these texts has a vector.
    let other = space(&library);
    let read = || {
        let found = library.search_lexical("1577 light", 10, &Scope::default()).unwrap();
        let chunks: Vec<_> = found.iter().map(|hit| hit.chunk).collect();
        let near = library.search_dense(&[0.03; 1024], 10, &Scope::default()).unwrap();
        let near: Vec<_> = near.iter().map(|hit| hit.chunk).collect();
        let embedded = library.unembedded_texts(other, ChunkId(0), 10).unwrap();
        (library.passages(&chunks).unwrap(), near, embedded)
    };
    let loose = read();
    assert_eq!((loose.0.len(), loose.2.len()), (2, 2));
    assert!(sum(texts) > 0);
    library.pack(&|layout| Some(layout[..1].to_vec()), &|| false).unwrap();
    assert_eq!(read(), loose);
    assert_eq!((sum(texts), sum(vectors)), (0, before / 2));
    assert_eq!(sum("SELECT count(*) FROM pages WHERE typeof(text) = 'text' OR length(layout) > 1"), 0);
    for embedded in loose.2 {
        assert_eq!(embedded.hash, TextHash::of(&embedded.text));
    }
}

#[test]
fn what_was_said_in_sentences_keeps_its_words() {
    let directory = old_library(10);
    let database = Connection::open(directory.path().join("library.db")).unwrap();
    let said =
        "UPDATE documents SET warnings = '[\"Page 3 held no text.\", \"notes.csv: \\\"Ä\\\" was guessed.\"]',
                failure_code = 'damaged', failure_reason = 'The file is damaged (\"xref\").' WHERE id = 1";
    database.execute(said, []).unwrap();
    drop(database);
    let library = Library::open(directory.path()).unwrap();
    let [failed, other] = library.documents().unwrap().try_into().unwrap();
    let DocumentState::Failed(reason) = &failed.state else { panic!("{failed:?}") };
    assert_eq!((reason.code(), reason.words()), ("damaged", Some("The file is damaged (\"xref\").")));
    let warnings: Vec<_> = failed.warnings.iter().map(Coded::words).collect();
    assert_eq!(warnings, [Some("Page 3 held no text."), Some("notes.csv: \"Ä\" was guessed.")]);
    assert_eq!((other.state, other.warnings), (DocumentState::Indexed, Vec::new()));
}

#[test]
fn an_old_answer_that_cannot_be_taken_apart_keeps_its_question() {
    let directory = old_library(5);
    let database = Connection::open(directory.path().join("library.db")).unwrap();
    for (id, answer) in
        [(1, ""), (2, "{\"answer\": 7}"), (3, "{\"answer\": \"Yes.\", \"state\": \"guessed\"}")]
    {
        database
            .execute("UPDATE messages SET answer = ?2 WHERE id = ?1", rusqlite::params![id, answer])
            .unwrap();
    }
    drop(database);
    let library = Library::open(directory.path()).unwrap();
    let messages = library.messages().unwrap();
    let readable: Vec<bool> = messages.iter().map(|message| message.answer.is_some()).collect();
    assert_eq!(readable, [false, false, false, true]);
    assert_eq!(messages[0].question, "When was the harbour light first lit?");
    assert_eq!(library.conversations("harbour").unwrap().len(), 1);
}
