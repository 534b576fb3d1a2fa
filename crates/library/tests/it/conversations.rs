//! Conversations are kept, and found by what was said in them.

use std::path::Path;

use library::{
    Answer, Citation, ConversationId, DocumentId, Error, Library, Opinion, Outcome, Picture, SecondOpinion,
    Support, TextRange, Usage,
};
use rusqlite::Connection;

use crate::samples::{document, store};

/// An answer that cites page 1 of a document.
fn answer(text: &str, document: DocumentId) -> Answer {
    let citation = Citation {
        marker: 1,
        range: TextRange { start: 7, end: 10 },
        document_id: document,
        document: "/lease.txt".to_owned(),
        title: "Lease".to_owned(),
        page: 1,
        page_label: Some("xii".to_owned()),
        quote: "The rent is due on Monday.".to_owned(),
        facts: None,
        support: Some(Support::Supported),
        matched: false,
        marked_right: false,
    };
    Answer {
        outcome: Outcome::Stopped,
        text: text.to_owned(),
        standalone: Some("When is the rent due?".to_owned()),
        filters: vec!["@lease.txt".to_owned()],
        citations: vec![citation],
        uncited: vec![TextRange { start: 11, end: 20 }],
        ..Answer::default()
    }
}

fn said(text: &str) -> Answer {
    Answer { text: text.to_owned(), ..Answer::default() }
}

#[test]
fn are_created_continued_listed_renamed_and_deleted() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let first = library.create_conversation("Rent").unwrap();
    let second = library.create_conversation("Heating").unwrap();
    let stored = answer("Monday [1]", DocumentId(1));
    library.append_message(first, "When is it due?", &stored).unwrap();
    library.append_message(first, "And how much?", &said("900 [1]")).unwrap();
    library.rename_conversation(second, "Heating costs").unwrap();
    drop(library);

    let library = Library::open(directory.path()).unwrap();
    let mut titles: Vec<_> = library.conversations("").unwrap().into_iter().map(|c| c.title).collect();
    titles.sort();
    assert_eq!(titles, ["Heating costs", "Rent"]);
    let (conversation, messages) = library.conversation(first).unwrap().unwrap();
    assert_eq!((conversation.title.as_str(), conversation.messages), ("Rent", 2));
    assert_eq!(messages[0].answer.as_ref(), Some(&stored));
    assert_eq!(messages[1].question, "And how much?");

    library.delete_conversation(first).unwrap();
    assert_eq!(library.conversation(first).unwrap(), None);
    let gone = library.append_message(first, "?", &stored);
    assert!(matches!(gone, Err(Error::NoConversation(id)) if id == first));
    assert!(library.rename_conversation(ConversationId(99), "x").is_err());
    let third = library.create_conversation("Another").unwrap();
    assert!(third > second, "the id of a deleted conversation is not used again");
}

#[test]
fn an_opinion_and_marks_are_kept_with_their_answer() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let conversation = library.create_conversation("Rent").unwrap();
    let message =
        library.append_message(conversation, "When?", &answer("Monday [1]", DocumentId(1))).unwrap();
    let opinion = SecondOpinion {
        model: "a model".to_owned(),
        opinions: vec![Opinion {
            citation: 0,
            support: Some(Support::Partly),
            reason: "No year.".to_owned(),
        }],
        usage: Usage { prompt_tokens: 300, ..Usage::default() },
        milliseconds: Some(900.0),
    };
    library.keep_opinion(message, &opinion).unwrap();
    library.mark_citation(message, 0, true).unwrap();
    let kept = library.message(message).unwrap().unwrap().answer.unwrap();
    assert_eq!(kept.opinion.as_ref(), Some(&opinion));
    assert!(kept.citations[0].marked_right);
    assert_eq!(kept.citations[0].quote, "The rent is due on Monday.");

    library.mark_citation(message, 0, false).unwrap();
    assert!(!library.message(message).unwrap().unwrap().answer.unwrap().citations[0].marked_right);
    assert!(library.mark_citation(message, 1, true).is_err(), "there is one citation only");
    library.delete_conversation(conversation).unwrap();
    assert!(matches!(library.keep_opinion(message, &opinion), Err(Error::NoMessage(id)) if id == message));
}

#[test]
fn are_found_by_the_beginnings_of_words_in_titles_questions_and_answers() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let light = library.create_conversation("The lamp at Dover").unwrap();
    library.append_message(light, "When was it lit?", &said("It was lit in 1871 [1].")).unwrap();
    library.append_message(light, "Und das Café?", &said("Geschlossen. 灯台は高い。")).unwrap();
    let gauge = library.create_conversation("The gauge").unwrap();
    library.append_message(gauge, "What did it cost?", &said("1,577 euros [1].")).unwrap();
    let found = |query: &str| -> Vec<ConversationId> {
        library.conversations(query).unwrap().into_iter().map(|conversation| conversation.id).collect()
    };
    for query in ["lamp", "LAM 1871", "cafe", "dover lit", "台は"] {
        assert_eq!(found(query), [light], "{query}");
    }
    for query in ["1,577", "gau 1577"] {
        assert_eq!(found(query), [gauge], "{query}");
    }
    for query in ["amp", "lamp 1872", "over", "lamp euros"] {
        assert_eq!(found(query), [], "{query}");
    }
    for query in ["", " ?! "] {
        assert_eq!(found(query).len(), 2, "{query}");
    }
    library.rename_conversation(light, "A tower").unwrap();
    assert_eq!((found("lamp"), found("tower")), (vec![], vec![light]));
    library.delete_conversation(light).unwrap();
    assert_eq!(found("tower"), []);
}

#[test]
fn what_was_only_touched_or_moved_is_told_of_and_is_no_other_source() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let lease = store(&library, &document("/lease.txt", &["The rent is due on Monday."]));
    let conversation = library.create_conversation("Rent").unwrap();
    library.append_message(conversation, "When?", &answer("Monday [1]", lease)).unwrap();
    let database = Connection::open(directory.path().join("library.db")).unwrap();
    let touch = || library.touch_document(lease, 26, 1_900_000_000_000_000_000);
    let move_away = || library.move_document(lease, Path::new("/old/lease.txt"), None);
    for change in [&touch as &dyn Fn() -> Result<(), Error>, &move_away] {
        // Times are kept in seconds: these lie further back than the change.
        database.execute("UPDATE documents SET recorded_at = 0, updated_at = 0", []).unwrap();
        database.execute("UPDATE messages SET created_at = 1", []).unwrap();
        assert_eq!(library.documents_changed_since(1).unwrap(), []);
        change().unwrap();
        assert_eq!(library.documents_changed_since(1).unwrap()[0].id, lease);
        assert_eq!(library.messages().unwrap()[0].changed_sources, []);
    }
}

#[test]
fn an_answer_tells_which_of_its_sources_are_gone() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let lease = store(&library, &document("/lease.txt", &["The rent is due on Monday."]));
    let conversation = library.create_conversation("Rent").unwrap();
    library.append_message(conversation, "When?", &answer("Monday [1]", lease)).unwrap();
    let changed = || library.messages().unwrap()[0].changed_sources.clone();
    assert_eq!(changed(), []);
    library.remove_documents(&[lease]).unwrap();
    assert_eq!(changed(), [lease]);
}

#[test]
fn an_answer_of_another_version_is_there_though_it_cannot_be_read() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let conversation = library.create_conversation("Rent").unwrap();
    for question in ["When?", "Why?", "Who?"] {
        library.append_message(conversation, question, &answer("Monday [1]", DocumentId(1))).unwrap();
    }
    let other = Connection::open(directory.path().join("library.db")).unwrap();
    other
        .execute("UPDATE messages SET version = 99, citations = '<xml>' WHERE question = 'When?'", [])
        .unwrap();
    other.execute("UPDATE messages SET outcome = 'pondered' WHERE question = 'Why?'", []).unwrap();
    let (_, messages) = library.conversation(conversation).unwrap().unwrap();
    let readable: Vec<_> = messages.iter().map(|m| (m.question.as_str(), m.answer.is_some())).collect();
    assert_eq!(readable, [("When?", false), ("Why?", false), ("Who?", true)]);
}

#[test]
fn a_picture_stays_with_its_message_and_goes_with_the_conversation() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let conversation = library.create_conversation("The light").unwrap();
    let message = library.append_message(conversation, "When?", &said("In 1871.")).unwrap();
    let picture = Picture { media_type: "image/png".to_owned(), bytes: b"\x89PNG".to_vec() };
    library.add_picture(message, &picture).unwrap();
    assert_eq!(library.pictures(message).unwrap(), [picture]);
    library.delete_conversation(conversation).unwrap();
    assert_eq!(library.pictures(message).unwrap(), []);
}

#[test]
fn an_opinion_that_an_earlier_version_kept_can_be_read() {
    let kept = r#"{"model": "a model", "opinions": [{"citation": 0, "support": "partly", "reason": "No year."}],
        "usage": {"prompt_tokens": 300, "completion_tokens": 0, "estimated_cost": null, "estimated": false}}"#;
    let opinion: SecondOpinion = serde_json::from_str(kept).unwrap();
    assert_eq!((opinion.opinions[0].support, opinion.milliseconds), (Some(Support::Partly), None));
}
