//! Nearest chunks, by the vectors of the active space.

use library::{ChunkId, EmbeddingSpace, Error, Library, Scope, TextHash};

use crate::samples::{Search as _, document, store, texts, vector, vector_of_chunk};

#[test]
fn finds_every_chunk_of_a_text_once_best_first() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let words: Vec<String> = (0..60).map(|number| format!("text number {number}")).collect();
    for (number, text) in words.iter().enumerate() {
        store(&library, &document(&format!("/{number}.txt"), &[text, "the same footer"]));
    }
    let hits = library.search_dense(&vector_of_chunk(&words[7]), 5, &Scope::default()).unwrap();
    assert_eq!(hits.len(), 5);
    assert!((hits[0].score - 1.0).abs() < 1e-4);
    assert!(hits.is_sorted_by(|a, b| a.score >= b.score));
    assert_eq!(texts(&library, &hits)[0], words[7]);

    let footers = library.search_dense(&vector_of_chunk("the same footer"), 60, &Scope::default()).unwrap();
    assert!(texts(&library, &footers).iter().all(|text| text == "the same footer"));

    let scope = Scope { documents: vec!["9.txt".to_owned()], ..Scope::default() };
    let scoped = library.search_dense(&vector_of_chunk(&words[7]), 10, &scope).unwrap();
    let mut found = texts(&library, &scoped);
    found.sort();
    assert_eq!(found, ["text number 9", "the same footer"]);
}

#[test]
fn a_scope_that_was_searched_before_takes_in_what_changed_since() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let scope = Scope { folder: Some("/in".into()), ..Scope::default() };
    let found = || {
        let hits = library.search_dense(&vector_of_chunk("tides"), 10, &scope).unwrap();
        let mut found = texts(&library, &hits);
        found.sort();
        found
    };
    let first = store(&library, &document("/in/1.txt", &["tides"]));
    store(&library, &document("/out.txt", &["tides outside"]));
    assert_eq!(found(), ["tides"]);
    store(&library, &document("/in/2.txt", &["tides again"]));
    assert_eq!(found(), ["tides", "tides again"]);
    store(&library, &document("/in/2.txt", &["tides outside"]));
    assert_eq!(found(), ["tides", "tides outside"]);
    library.remove_documents(&[first]).unwrap();
    assert_eq!(found(), ["tides outside"]);
}

#[test]
fn surroundings_are_what_stands_beside_a_chunk_on_its_page() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let mut pages = document("/a.txt", &["apples", "pears", "plums", "quinces"]);
    for (chunk, page) in pages.chunks.iter_mut().zip([1, 2, 2, 3]) {
        chunk.page_spans[0].page = page;
    }
    store(&library, &pages);
    let question = vector_of_chunk("pears");
    let chunk = |text| library.search_dense(&vector_of_chunk(text), 1, &Scope::default()).unwrap()[0].chunk;
    let asked = ["apples", "pears", "plums", "quinces"].map(chunk);
    let near = library.find("", Some(&question), 4, &Scope::default()).unwrap().near;
    let [apples, pears, plums, _] = asked.map(|chunk| *near.iter().find(|hit| hit.chunk == chunk).unwrap());
    assert!((apples.around - apples.similarity).abs() < 1e-4, "alone on its page");
    assert!((pears.around - plums.around).abs() < 1e-4, "both of a page have the same surroundings");
    assert!(pears.around < pears.similarity && plums.around > plums.similarity, "{near:?}");
}

#[test]
fn says_nothing_before_the_first_vector_and_refuses_other_dimensions() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    assert!(library.search_dense(&[1.0], 5, &Scope::default()).unwrap().is_empty());
    assert_eq!(library.active_space().unwrap(), None);
    store(&library, &document("/a.txt", &["apples"]));
    assert!(matches!(library.search_dense(&[1.0], 5, &Scope::default()), Err(Error::Vector(_))));
}

#[test]
fn removed_documents_do_not_crowd_out_the_others() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let texts: Vec<String> = (0..300).map(|number| format!("text {number}")).collect();
    let ids: Vec<_> =
        texts.iter().map(|text| store(&library, &document(&format!("/{text}"), &[text]))).collect();
    library.remove_documents(&ids[..290]).unwrap();
    assert_eq!(library.search_dense(&vector_of_chunk("text 3"), 10, &Scope::default()).unwrap().len(), 10);
}

#[test]
fn another_model_is_embedded_beside_the_old_one_and_then_takes_over() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    store(&library, &document("/a.txt", &["apples", "pears", "apples"]));
    let old = library.active_space().unwrap().unwrap();
    let new = EmbeddingSpace {
        model: "other".to_owned(),
        passage_instruction: "passage: ".to_owned(),
        dimensions: 2,
    };
    let new_id = library.space(&new, None).unwrap();
    assert_eq!(library.active_space().unwrap().unwrap(), old);

    let mut after = ChunkId(0);
    let mut embedded = 0;
    while let Some(text) = library.unembedded_texts(new_id, after, 1).unwrap().pop() {
        assert_eq!(text.hash, TextHash::of(&text.text));
        library.store_vectors(new_id, &[(text.hash, vec![1.0, 0.0])]).unwrap();
        after = text.chunk;
        embedded += 1;
        assert_eq!(library.search_dense(&vector("x"), 5, &Scope::default()).unwrap().len(), 3);
    }
    assert_eq!(embedded, 2, "the same text is embedded once");
    library.activate_space(new_id).unwrap();
    assert_eq!(library.search_dense(&[0.0, 1.0], 5, &Scope::default()).unwrap().len(), 3);
    assert_eq!(library.status().unwrap().vectors, 3);
    drop(library);
    let library = Library::open(directory.path()).unwrap();
    assert_eq!(library.active_space().unwrap().unwrap(), (new_id, new));
    assert_eq!(library.search_dense(&[0.0, 1.0], 5, &Scope::default()).unwrap().len(), 3);
}
