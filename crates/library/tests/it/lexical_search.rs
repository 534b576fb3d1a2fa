//! Any text is a query.

use std::path::PathBuf;

use library::{Library, Scope};
use proptest::prelude::*;

use crate::samples::{Search as _, document, store, texts};

fn library(directory: &tempfile::TempDir) -> Library {
    let library = Library::open(directory.path()).unwrap();
    store(
        &library,
        &document(
            "/papers/tax/2018 return.txt",
            &["Revenue was 1,577 in total.", "C++ and Rust near each other"],
        ),
    );
    store(
        &library,
        &document("/papers/cars.txt", &["The dealer repaired the engine.", "Straße über Łódź, naïve café"]),
    );
    store(
        &library,
        &document("/home/notes.md", &["AND OR NOT are words too", "revenue, revenue and revenue"]),
    );
    library
}

fn search(library: &Library, query: &str) -> Vec<String> {
    texts(library, &library.search_lexical(query, 10, &Scope::default()).unwrap())
}

#[test]
fn finds_words_by_stem_case_accent_number_and_file_name() {
    let directory = tempfile::tempdir().unwrap();
    let library = library(&directory);
    assert_eq!(search(&library, "dealers repairing ENGINES"), ["The dealer repaired the engine."]);
    assert_eq!(search(&library, "naive cafe"), ["Straße über Łódź, naïve café"]);
    assert_eq!(search(&library, "1,577"), ["Revenue was 1,577 in total."]);
    assert_eq!(search(&library, "return")[0], "Revenue was 1,577 in total.");
    assert_eq!(search(&library, "revenue"), ["revenue, revenue and revenue", "Revenue was 1,577 in total."]);
    let scores = library.search_lexical("revenue", 10, &Scope::default()).unwrap();
    assert!(scores[0].score > scores[1].score && scores[1].score > 0.0);
    assert_eq!(library.search_lexical("revenue", 1, &Scope::default()).unwrap().len(), 1);
}

#[test]
fn words_weigh_as_if_documents_that_are_gone_had_never_been() {
    let scores = |library: &Library| {
        let hits = library.search_lexical("revenue engine", 10, &Scope::default()).unwrap();
        hits.into_iter().map(|hit| hit.score).collect::<Vec<_>>()
    };
    let directories = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [fresh, changed] = directories.each_ref().map(library);
    for round in 0..5 {
        store(&changed, &document("/home/notes.md", &[&format!("Draft {round}"), "revenue"]));
    }
    store(
        &changed,
        &document("/home/notes.md", &["AND OR NOT are words too", "revenue, revenue and revenue"]),
    );
    assert_eq!(scores(&fresh), scores(&changed));
}

#[test]
fn no_query_is_a_syntax_error() {
    let directory = tempfile::tempdir().unwrap();
    let library = library(&directory);
    for nothing in
        ["", " \t\n", "\"", "\"\"", "*", "++", "🙂", "( ) { } : ^ + - ,", "\0", "'", "--", "𓀀 🙂🙂"]
    {
        assert!(search(&library, nothing).is_empty(), "{nothing:?}");
    }
    assert_eq!(search(&library, "c++")[0], "C++ and Rust near each other");
    for odd in [
        "AND OR",
        "NOT",
        "NEAR(rust other, 5)",
        "text:rust",
        "rust*",
        "rust AND",
        "\"rust",
        "rust\" OR \"",
        "(rust",
        "^rust",
        "rust + other",
        "{text title} : rust",
        "rust\0other",
        "r'ust",
        "rust -other",
        "- rust",
        "'; DROP TABLE chunks; --",
        "%rust%",
        "\u{202e}rust",
        "🙂 rust",
    ] {
        library.search_lexical(odd, 10, &Scope::default()).unwrap();
    }
    assert_eq!(search(&library, "AND OR NOT")[0], "AND OR NOT are words too");
    let long: String = (0..2_000).map(|number| format!("word{number} rust ")).collect();
    assert_eq!(search(&library, &long), ["C++ and Rust near each other"]);
}

#[test]
fn words_of_most_chunks_count_little() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let texts: Vec<String> = (0..1_200).map(|number| format!("the clause {number}")).collect();
    store(&library, &document("/a.txt", &texts.iter().map(String::as_str).collect::<Vec<_>>()));
    assert_eq!(search(&library, "the clause 700")[0], "the clause 700");
    assert_eq!(search(&library, "the").len(), 10);
    assert_eq!(search(&library, "clause").len(), 10);
    assert!(search(&library, "the unheard of").is_empty());
}

#[test]
fn a_few_of_the_best_are_those_that_are_best_among_all() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    // A word that every chunk has, one that every second has, and so on.
    let words = ["harbour", "keeper", "lantern", "ledger", "granite", "sextant", "barometer"];
    let text = |number: usize| -> String {
        let held = |at: usize| number.is_multiple_of(1 << at);
        let times = |at: usize| if held(at) { 1 + number * 7 % 3 } else { 0 };
        let said = words.iter().enumerate().flat_map(|(at, word)| std::iter::repeat_n(*word, times(at)));
        said.chain(std::iter::repeat_n("quay", number % 11)).collect::<Vec<_>>().join(" ")
    };
    for of in 0..8 {
        let texts: Vec<String> = (0..60).map(|place| text(of * 60 + place)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        store(&library, &document(&format!("/{of}.txt"), &texts));
    }
    let query = "the harbour keeper's granite ledger, lantern, sextant and barometer";
    let some = Scope { documents: vec!["3.txt".to_owned(), "5.txt".to_owned()], ..Scope::default() };
    for scope in [Scope::default(), some] {
        let all = library.search_lexical(query, 1_000, &scope).unwrap();
        let all_pages = library.search_pages(query, 1_000, &scope).unwrap();
        assert!(all.len() > 100 && all_pages.len() > 100);
        for few in [1, 3, 10, 40] {
            assert_eq!(library.search_lexical(query, few, &scope).unwrap(), all[..few]);
            assert_eq!(library.search_pages(query, few, &scope).unwrap(), all_pages[..few]);
        }
    }
}

#[test]
fn what_is_written_in_another_way_is_found() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let texts = [
        "Revenue was $1,577 million.",
        "Long-term eﬃciency of the capi-\ntal",
        "灯台は一八七一年に点灯した。",
        "यह प्रकाश स्तंभ पुराना है",
        "Part number AX-204/b was replaced",
    ];
    store(&library, &document("/papers/notes.txt", &texts));
    for (query, found) in [
        ("1577", 0),
        ("longterm", 1),
        ("efficiency", 1),
        ("capital", 1),
        ("点灯", 2),
        ("स्तंभ", 3),
        ("AX204", 4),
        ("ax-204/B", 4),
        ("reve", 0),
        ("part numb", 4),
    ] {
        assert_eq!(search(&library, query).first().map(String::as_str), Some(texts[found]), "{query}");
    }
}

#[test]
fn a_phrase_is_found_where_its_words_stand_together() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let together = "The keeper's cost of the new lamps was paid by the harbour.";
    store(
        &library,
        &document("/a.txt", &[together, "New rules: lamps cost the harbour and its keeper dearly."]),
    );
    let everywhere = Scope::default();
    let found = |query| library.find(query, None, 10, &everywhere).unwrap();
    assert_eq!(texts(&library, &found("What was the cost of the new lamps?").phrases), [together]);
    let pages = found("new lamps").page_phrases;
    assert_eq!(pages.iter().map(|hit| hit.page).collect::<Vec<_>>(), [1]);
    assert!(found("harbour").phrases.is_empty());
}

#[test]
fn the_small_words_in_a_phrase_belong_to_it() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let together = "The cost of goods rose, and the costs of goods rose again.";
    let others = ["Cost and goods are told apart.", "Goods cost less.", "The cost of all the goods."];
    store(&library, &document("/a.txt", &[others[0], together, others[1], others[2]]));
    let found = library.find("cost of goods", None, 10, &Scope::default()).unwrap();
    assert_eq!(texts(&library, &found.phrases), [together]);
}

#[test]
fn a_word_is_found_while_it_is_typed_and_with_one_slip() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let (costs, harbour) = ("Depreciation of 1,577 was deducted.", "The harbour was dredged in 1571.");
    store(&library, &document("/a.txt", &[costs, harbour]));
    for typed in
        ["dep", "depreciati", "depreciations", "deprecation", "depreciaiton", "depreciatoin deducted"]
    {
        assert_eq!(search(&library, typed), [costs], "{typed}");
    }
    for typed in ["harbor", "harbuor dredged", "hrabour was", "harrbour 1577"] {
        assert!(search(&library, typed).contains(&harbour.to_owned()), "{typed}");
    }
    assert_eq!(search(&library, "1575 was"), [""; 0], "another number is not meant");
    assert_eq!(search(&library, "wes"), [""; 0], "short words are too much alike");
}

#[test]
fn words_have_the_stems_of_the_language_of_their_document() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let german = "Die Lampen des Leuchtturms wurden im Herbst von zwei Wärtern ersetzt und geprüft.";
    let french = "Les gardiens du phare ont réparé toutes les machines pendant l’automne dernier.";
    let english = "The keepers of the tower repaired all of its engines in the autumn of the year.";
    for (path, text) in [("/a.txt", german), ("/b.txt", french), ("/c.txt", english)] {
        store(&library, &document(path, &[text]));
    }
    for (query, found) in [
        ("Wärter", german),
        ("ersetzte Lampe", german),
        ("la machine du gardien", french),
        ("repairing", english),
        ("engine", english),
    ] {
        assert_eq!(search(&library, query), [found], "{query}");
    }
}

#[test]
fn a_page_is_found_by_what_its_chunks_say_together() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let mut sample = document("/papers/a.txt", &["the lens was cleaned", "the lamp was cleaned"]);
    sample.pages[1].text = "the lamp was cleaned\nwith the lens beside it".to_owned();
    let id = store(&library, &sample);
    let pages = |query: &str| -> Vec<u32> {
        library.search_pages(query, 10, &Scope::default()).unwrap().iter().map(|hit| hit.page).collect()
    };
    assert_eq!(pages("lamp lens"), [2, 1]);
    assert_eq!(library.search_pages("lamp", 10, &Scope::default()).unwrap()[0].document, id);
    library.remove_documents(&[id]).unwrap();
    assert!(pages("lamp lens").is_empty());
}

#[test]
fn the_documents_that_words_of_a_question_name_are_known() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let names = ["ACME_2017_10K.pdf", "ACME_2018_10K.pdf", "BESTBOAT_2018_10K.pdf", "Lease.pdf", "Notes.txt"];
    let ids: Vec<_> = names
        .iter()
        .map(|name| store(&library, &document(&format!("/papers/{name}"), &[&format!("text of {name}")])))
        .collect();
    for (question, named) in [
        ("What did Acme earn in FY18?", 1),
        ("acme revenue 2017", 0),
        ("How much did Best Boat spend?", 2),
        ("When does the lease end?", 3),
    ] {
        let names = library.find(question, None, 10, &Scope::default()).unwrap().names;
        assert_eq!(names.documents, 5);
        let words_for = |id| names.words.iter().filter(|word| word.in_name.contains(id)).count();
        let best = ids.iter().max_by_key(|id| words_for(*id));
        assert_eq!(best, Some(&ids[named]), "{question}: {names:?}");
    }
    let nothing = library.find("How tall is it?", None, 10, &Scope::default()).unwrap().names;
    assert!(nothing.words.iter().all(|word| word.in_name.is_empty()), "{nothing:?}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_a_query(query in ".{0,60}") {
        let directory = tempfile::tempdir().unwrap();
        let library = library(&directory);
        library.find(&query, None, 10, &Scope::default()).unwrap();
        library.bearing(&query, &[]).unwrap();
    }
}

#[test]
fn a_scope_leaves_the_others_out() {
    let directory = tempfile::tempdir().unwrap();
    let library = library(&directory);
    let found = |documents: &[&str], folder: Option<&str>| {
        let documents = documents.iter().map(|&glob| glob.to_owned()).collect();
        let scope = Scope { documents, folder: folder.map(PathBuf::from), ..Scope::default() };
        texts(&library, &library.search_lexical("revenue engine", 10, &scope).unwrap()).len()
    };
    assert_eq!(found(&[], None), 3);
    assert_eq!(found(&["*.txt"], None), 2);
    assert_eq!(found(&["CARS.*"], None), 1);
    assert_eq!(found(&["notes.md", "cars.txt"], None), 2);
    assert_eq!(found(&["/papers/**"], None), 2);
    assert_eq!(found(&["nothing*"], None), 0);
    assert_eq!(found(&[], Some("/papers")), 2);
    assert_eq!(found(&[], Some("/wor")), 0);
    assert_eq!(found(&["2018*"], Some("/papers/tax")), 1);
    assert_eq!(found(&["["], None), 0);
}
