//! Which words of a question pages say.

use std::collections::HashSet;

use library::Library;

use crate::samples::{document, store};

#[test]
fn each_word_of_a_question_is_found_on_pages_and_in_names_of_documents() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let lamp = ["The lamp of the tower was lit in 1871.", "The keeper of the lamp was paid in the autumn."];
    let tides = ["The gauge at the quay is read in the morning and in the evening."];
    let lamp = store(&library, &document("/papers/harbour.txt", &lamp));
    let tides = store(&library, &document("/papers/tides.txt", &tides));
    let bearing = library
        .bearing("When was the lamp of the tower lit in the harbour?", &[(lamp, 1), (lamp, 2), (tides, 1)])
        .unwrap();
    assert_eq!(bearing.pages, 3);
    let of = |word: &str| bearing.words.iter().find(|found| found.word == word).unwrap();
    assert_eq!(of("tower").pages, HashSet::from([(lamp, 1)]));
    assert_eq!(of("lamp").pages, HashSet::from([(lamp, 1), (lamp, 2)]));
    assert_eq!((of("lamp").held_by, of("the").held_by), (2, 3));
    assert_eq!(
        (of("harbour").pages.len(), &of("harbour").named),
        (0, &HashSet::from([lamp])),
        "the file is called so"
    );
}
