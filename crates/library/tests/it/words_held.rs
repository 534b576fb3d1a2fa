//! Words that no document holds.

use library::{Library, WordsHeld};

use crate::samples::{document, store};

#[test]
fn words_are_told_apart_by_whether_a_document_holds_them() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    store(&library, &document("/ada/ferries.txt", &["The boat sails at nine."]));
    let words = |question: &str| {
        let WordsHeld { unheld, held } = library.words_held(question).unwrap();
        (unheld.join(" "), held)
    };
    assert_eq!(words("When do the boats sail?"), (String::new(), 2));
    assert_eq!(words("Which ferries?"), (String::new(), 1), "the name counts");
    assert_eq!(words("xqzzyv?"), ("xqzzyv".to_owned(), 0));
    assert_eq!(words("Wann f\u{e4}hrt das Boot ab?"), ("Wann f\u{e4}hrt das Boot ab".to_owned(), 0));
    assert_eq!(words("what is it?"), (String::new(), 0), "they tell nothing");
}
