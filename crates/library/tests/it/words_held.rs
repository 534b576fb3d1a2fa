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
        (held.join(" "), unheld.join(" "))
    };
    let told = |held: &str, unheld: &str| (held.to_owned(), unheld.to_owned());
    assert_eq!(words("When do the boats sail?"), told("boats sail", ""));
    assert_eq!(words("Which ferries?"), told("ferries", ""), "the name counts");
    assert_eq!(words("xqzzyv boat?"), told("boat", "xqzzyv"));
    assert_eq!(words("Wann f\u{e4}hrt das Boot ab?"), told("", "Wann f\u{e4}hrt das Boot ab"));
    assert_eq!(words("what is it?"), told("", ""), "they tell nothing");
}
