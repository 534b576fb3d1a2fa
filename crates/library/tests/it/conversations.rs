//! Conversations are kept.

use library::{ConversationId, Error, Library};

#[test]
fn are_created_continued_listed_renamed_and_deleted() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let first = library.create_conversation("Rent").unwrap();
    let second = library.create_conversation("Heating").unwrap();
    library.append_message(first, "When is it due?", r#"{"answer":"Monday [1]"}"#).unwrap();
    library.append_message(first, "And how much?", r#"{"answer":"900 [1]"}"#).unwrap();
    let message = library.append_message(first, "Where?", "{}").unwrap();
    library.replace_answer(message, r#"{"answer":"Here [2]"}"#).unwrap();
    library.rename_conversation(second, "Heating costs").unwrap();
    drop(library);

    let library = Library::open(directory.path()).unwrap();
    let mut titles: Vec<_> = library.conversations().unwrap().into_iter().map(|c| c.title).collect();
    titles.sort();
    assert_eq!(titles, ["Heating costs", "Rent"]);
    let (conversation, messages) = library.conversation(first).unwrap().unwrap();
    assert_eq!(conversation.title, "Rent");
    let questions: Vec<_> = messages.iter().map(|message| message.question.as_str()).collect();
    assert_eq!(questions, ["When is it due?", "And how much?", "Where?"]);
    assert_eq!(messages[1].answer, r#"{"answer":"900 [1]"}"#);

    assert_eq!(messages[2].answer, r#"{"answer":"Here [2]"}"#);

    library.delete_conversation(first).unwrap();
    assert!(matches!(library.replace_answer(message, "{}"), Err(Error::NoMessage(id)) if id == message));
    assert_eq!(library.conversation(first).unwrap(), None);
    assert!(
        matches!(library.append_message(first, "?", "{}"), Err(Error::NoConversation(id)) if id == first)
    );
    assert!(library.rename_conversation(ConversationId(99), "x").is_err());
    let third = library.create_conversation("Another").unwrap();
    assert!(third > second, "the id of a deleted conversation is not used again");
}
