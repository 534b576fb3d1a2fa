//! How much of a question pages say.

use library::Library;

use crate::samples::{document, store};

#[test]
fn a_question_is_said_by_its_rare_words_and_by_names_of_documents() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let lamp = ["The lamp of the tower was lit in 1871.", "The keeper of the lamp was paid in the autumn."];
    let tides = ["The gauge at the quay is read in the morning and in the evening."];
    let lamp = store(&library, &document("/papers/harbour.txt", &lamp));
    let tides = store(&library, &document("/papers/tides.txt", &tides));
    let bearing = |question, document, page| library.bearing(question, &[(document, page..=page)]).unwrap();
    let said = |question, document, page| bearing(question, document, page).unwrap().said;

    let question = "When was the lamp of the tower lit?";
    assert!(said(question, lamp, 1) > 0.99);
    let elsewhere = said(question, lamp, 2);
    assert!((0.1..0.6).contains(&elsewhere), "{elsewhere}: the lamp alone");
    assert_eq!(said(question, tides, 1), 0.0);
    assert_eq!(said("Was the harbour shut?", tides, 1), 0.0);
    assert!(said("Was the harbour shut?", lamp, 2) > 0.4, "the file is called so");
    assert!(bearing(question, lamp, 1).unwrap().common >= 3);
    assert_eq!(bearing("Wann wurde das Licht entzündet?", lamp, 1).unwrap().common, 0);
    assert_eq!(bearing("What is this?", lamp, 1), None, "no word of it tells anything");
}
