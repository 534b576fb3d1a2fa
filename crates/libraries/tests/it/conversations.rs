//! Conversations.

use library::{Answer, Citation, Picture, SecondOpinion, TextRange, Usage};

use crate::contract::of_each;
use crate::samples::document;

#[test]
fn a_conversation_is_read_back_and_found() {
    of_each(|library| {
        let source = library.store_document(&document("/a.txt", &["The rent is 5 euros."])).unwrap();
        let citation = Citation {
            marker: 1,
            range: TextRange { start: 4, end: 7 },
            document_id: source,
            document: "/a.txt".to_owned(),
            title: "a".to_owned(),
            page: 1,
            page_label: None,
            quote: "The rent is 5 euros.".to_owned(),
            facts: None,
            matched: false,
            support: None,
            marked_right: false,
        };
        let answer = Answer {
            text: "Five [1]".to_owned(),
            model: "quotes".to_owned(),
            citations: vec![citation],
            ..Answer::default()
        };
        let id = library.create_conversation("The rent").unwrap();
        let other = library.create_conversation("Something else").unwrap();
        let message = library.append_message(id, "How much is the rent?", &answer).unwrap();
        let (conversation, messages) = library.conversation(id).unwrap().unwrap();
        assert_eq!((conversation.title.as_str(), conversation.messages), ("The rent", 1));
        assert_eq!((messages[0].id, messages[0].answer.as_ref()), (message, Some(&answer)));
        assert!(messages[0].changed_sources.is_empty());

        let titles = |query: &str| -> Vec<String> {
            library.conversations(query).unwrap().into_iter().map(|found| found.title).collect()
        };
        assert_eq!(titles("").len(), 2);
        assert_eq!(titles("fiv ren"), ["The rent"]);
        assert!(titles("unicorn").is_empty() && titles("it's").is_empty());
        library.rename_conversation(other, "Unicorns").unwrap();
        assert_eq!(titles("unicorn"), ["Unicorns"]);

        library.mark_citation(message, 0, true).unwrap();
        assert!(library.mark_citation(message, 1, true).is_err());
        let opinion = SecondOpinion {
            model: "judge".to_owned(),
            opinions: Vec::new(),
            usage: Usage::default(),
            milliseconds: None,
        };
        library.keep_opinion(message, &opinion).unwrap();
        let kept = library.message(message).unwrap().unwrap().answer.unwrap();
        assert!(kept.citations[0].marked_right && kept.opinion == Some(opinion));
        let picture = Picture { media_type: "image/png".to_owned(), bytes: vec![1, 2] };
        library.add_picture(message, &picture).unwrap();
        assert_eq!(library.pictures(message).unwrap(), [picture]);

        library.remove(std::path::Path::new("/a.txt")).unwrap();
        assert_eq!(library.messages().unwrap()[0].changed_sources, [source]);
        library.delete_conversation(id).unwrap();
        library.delete_conversation(id).unwrap();
        assert!(library.message(message).unwrap().is_none());
        assert!(library.append_message(id, "And now?", &answer).is_err());
    });
}
