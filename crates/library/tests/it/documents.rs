//! Storing, replacing, moving, failing and removing.

use std::path::Path;

use library::{
    ChunkId, Coded, ContentHash, Coverage, DocumentId, DocumentState, Error, Heading, Library, NewChunk,
    NewFailure, PageSpan, Removed, Scope, TextHash,
};
use rusqlite::Connection;
use serde_json::json;

use crate::samples::{Search as _, document, space, store, texts, vector, vector_of_chunk};

fn lexical(library: &Library, query: &str) -> Vec<String> {
    texts(library, &library.search_lexical(query, 10, &Scope::default()).unwrap())
}

fn dense(library: &Library, text: &str) -> Vec<String> {
    texts(library, &library.search_dense(&vector_of_chunk(text), 10, &Scope::default()).unwrap())
}

/// Chunks keep no text that their pages hold.
#[test]
fn chunks_have_their_text_whatever_their_pages_hold_of_it() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let mut new = document("/home/ada/lease.txt", &["Die Miete für März", "ist fällig. Sonst nichts."]);
    let span = |page, start, end| PageSpan { page, start, end };
    let chunk = |text: &str, embedded_text: &str, page_spans: &[PageSpan]| NewChunk {
        text: text.to_owned(),
        embedded_text: embedded_text.to_owned(),
        heading_path: Vec::new(),
        page_spans: page_spans.to_vec(),
    };
    let over_both = "für März\nist fällig.";
    new.chunks = vec![
        chunk(over_both, "Lease\nfür März ist fällig.", &[span(1, 10, 14), span(1, 15, 20), span(2, 0, 12)]),
        chunk("and backwards", "and backwards", &[span(2, 0, 3), span(1, 0, 3)]),
        chunk("of a page that is not there", "Lease\nsomething else", &[span(7, 0, 3)]),
    ];
    library.store_document(&new).unwrap();
    let unembedded = library.unembedded_texts(space(&library), ChunkId(0), 10).unwrap();
    let chunks: Vec<ChunkId> = unembedded.iter().map(|text| text.chunk).collect();
    let passages = library.passages(&chunks).unwrap();
    for ((stored, passage), embedded) in new.chunks.iter().zip(passages).zip(unembedded) {
        assert_eq!((passage.text, embedded.text), (stored.text.clone(), stored.embedded_text.clone()));
        assert_eq!(embedded.hash, TextHash::of(&stored.embedded_text));
    }
    let database = Connection::open(directory.path().join("library.db")).unwrap();
    let kept = database
        .prepare("SELECT text, embedded_text FROM chunks ORDER BY ordinal")
        .unwrap()
        .query_map([], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap()
        .collect::<rusqlite::Result<Vec<(String, String)>>>()
        .unwrap();
    let kept: Vec<(&str, &str)> =
        kept.iter().map(|(text, embedded)| (text.as_str(), embedded.as_str())).collect();
    assert_eq!(kept[0], ("", ""));
    assert_eq!(kept[1], ("and backwards", "and backwards"));
    assert_eq!(kept[2], ("of a page that is not there", "Lease\nsomething else"));
}

#[test]
fn headings_that_begin_with_a_word_come_last_first() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let mut new = document("/home/ada/book.txt", &["One.", "Two.", "Three.", "Four."]);
    let paths: [&[&str]; 4] =
        [&["Chapter 1"], &["CHAPTER 2 The storm", "Dusk"], &["Chapters of the law"], &["Index"]];
    for (chunk, path) in new.chunks.iter_mut().zip(paths) {
        chunk.heading_path = path.iter().map(|&heading| heading.to_owned()).collect();
    }
    let id = store(&library, &new);
    let chapters = library.headings_that_begin_with(id, "chapter").unwrap();
    assert_eq!(chapters, ["CHAPTER 2 The storm", "Chapter 1"]);
    assert_eq!(library.headings_that_begin_with(id, "part").unwrap(), [""; 0]);
}

#[test]
fn gives_back_what_was_stored() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let folder = library.add_folder(Path::new("/home/ada"), |_| true).unwrap();
    assert_eq!(library.add_folder(Path::new("/home/ada"), |_| true).unwrap(), folder);
    let mut new = document("/home/ada/lease.txt", &["The rent is due on Monday.", " "]);
    new.title = Some("The lease".to_owned());
    new.folder = Some(folder);
    let id = store(&library, &new);

    let stored = library.known_document(&new.path).unwrap().unwrap();
    assert_eq!(stored.warnings, new.warnings);
    assert_eq!((stored.id, stored.folder, stored.state), (id, Some(folder), DocumentState::Indexed));
    assert_eq!((stored.page_count, stored.pages_without_text), (2, 1));
    assert_eq!((stored.size, stored.mtime_ns), (new.size, new.mtime_ns));
    assert_eq!(library.documents_with_hash(new.content_hash).unwrap(), library.documents().unwrap());
    assert_eq!(library.page(id, 1).unwrap().as_ref(), Some(&new.pages[0]));
    assert_eq!(library.page(id, 3).unwrap(), None);
    let labels = |labels: &[&str]| labels.iter().map(|label| Some((*label).to_owned())).collect::<Vec<_>>();
    assert_eq!(library.page_labels(id).unwrap(), labels(&["F-1", "F-2"]));
    library.set_page_labels(id, &labels(&["1"])).unwrap();
    assert_eq!(library.page(id, 2).unwrap().unwrap().label, None);
    library.set_page_labels(id, &labels(&["F-1"])).unwrap();

    let hits = library.search_lexical("rent", 10, &Scope::default()).unwrap();
    let passage = library.passages(&[hits[0].chunk]).unwrap().remove(0);
    assert_eq!((passage.document, passage.path.as_path()), (id, new.path.as_path()));
    assert_eq!(passage.title.as_deref(), Some("The lease"));
    assert_eq!(passage.heading_path, ["A heading"]);
    let heading = Heading { text: "A heading".to_owned(), page: 1 };
    assert_eq!(library.headings(id).unwrap(), [heading]);
    assert_eq!((passage.page_first, passage.page_last, passage.ordinal), (1, 1, 0));
    assert_eq!(passage.page_labels[&1], "F-1");
    assert_eq!(passage.page_spans, [PageSpan { page: 1, start: 0, end: 26 }]);
    assert_eq!(passage.text, "The rent is due on Monday.");

    let coverage = Coverage { indexed: 1, failed: 0, pages_without_text: 1, words_alone: false };
    assert_eq!(library.coverage(&Scope::default()).unwrap(), coverage);
    let status = library.status().unwrap();
    assert_eq!((status.documents, status.pages, status.chunks, status.vectors), (1, 2, 2, 2));
    assert_eq!(status.folders[0].path, Path::new("/home/ada"));
    assert!(status.database_bytes > 0);
}

#[test]
fn a_document_stored_again_keeps_its_id_and_loses_its_old_chunks() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let id = store(&library, &document("/a.txt", &["old apples", "kept pears"]));
    assert_eq!(store(&library, &document("/a.txt", &["kept pears", "new plums", "more plums"])), id);

    assert!(lexical(&library, "apples").is_empty());
    assert_eq!(lexical(&library, "pears"), ["kept pears"]);
    assert!(!dense(&library, "old apples").contains(&"old apples".to_owned()));
    assert_eq!(dense(&library, "new plums")[0], "new plums");
    assert_eq!(library.document(id).unwrap().unwrap().page_count, 3);
    assert_eq!(library.page(id, 1).unwrap().unwrap().text, "kept pears");
}

#[test]
fn a_move_keeps_the_document_and_its_new_name_is_found() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let id = store(&library, &document("/old/draft.txt", &["apples"]));
    let chunk = library.search_lexical("draft", 10, &Scope::default()).unwrap()[0].chunk;
    let replaced = store(&library, &document("/new/contract.txt", &["pears"]));

    library.move_document(id, Path::new("/new/contract.txt"), None).unwrap();
    assert_eq!(library.document(id).unwrap().unwrap().path, Path::new("/new/contract.txt"));
    assert_eq!(library.document(replaced).unwrap(), None);
    assert!(lexical(&library, "draft").is_empty());
    assert_eq!(library.search_lexical("contract", 10, &Scope::default()).unwrap()[0].chunk, chunk);
    assert!(lexical(&library, "pears").is_empty());
    let gone = library.move_document(replaced, Path::new("/x"), None);
    assert!(matches!(gone, Err(Error::NoDocument(id)) if id == replaced));
}

#[test]
fn a_failure_is_told_and_takes_the_text_away() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let id = store(&library, &document("/a.pdf", &["apples"]));
    let failure = NewFailure {
        pages: 0,
        path: "/a.pdf".into(),
        folder: None,
        format: "pdf".to_owned(),
        size: 7,
        mtime_ns: 8,
        content_hash: Some(ContentHash([9; 32])),
        reason: Coded::of(&json!({"code": "unreadable", "detail": "It is a folder."})),
    };
    assert_eq!(library.record_failure(&failure).unwrap(), id);
    assert!(lexical(&library, "apples").is_empty());
    assert!(dense(&library, "apples").is_empty());
    let status = library.status().unwrap();
    assert_eq!((status.documents, status.pages, status.chunks), (0, 0, 0));
    assert_eq!(status.failures[0].state, DocumentState::Failed(failure.reason));
    assert_eq!(library.coverage(&Scope::default()).unwrap().failed, 1);

    library.touch_document(id, 70, 80).unwrap();
    assert_eq!(library.document(id).unwrap().unwrap().mtime_ns, 80);
    store(&library, &document("/a.pdf", &["pears"]));
    assert_eq!(library.document(id).unwrap().unwrap().state, DocumentState::Indexed);
}

#[test]
fn what_is_removed_is_not_found_and_its_vectors_stay_until_pruned() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let folder = library.add_folder(Path::new("/f"), |_| true).unwrap();
    let mut inside = document("/f/a.txt", &["apples"]);
    inside.folder = Some(folder);
    store(&library, &inside);
    let other = store(&library, &document("/b.txt", &["pears"]));
    let third = store(&library, &document("/c.txt", &["plums"]));

    assert_eq!(library.remove(Path::new("/f")).unwrap(), Removed { folders: 1, documents: 1 });
    library.remove_documents(&[third, DocumentId(99)]).unwrap();
    assert_eq!(library.documents().unwrap().iter().map(|document| document.id).collect::<Vec<_>>(), [other]);
    assert!(library.folders().unwrap().is_empty());
    assert!(lexical(&library, "apples plums").is_empty());
    assert_eq!(dense(&library, "apples"), ["pears"]);

    let apples = TextHash::of(&inside.chunks[0].embedded_text);
    let missing = || library.missing_vectors(space(&library), &[apples, apples]).unwrap();
    assert!(missing().is_empty());
    assert_eq!(library.prune_vectors().unwrap(), 2);
    assert_eq!(missing(), [apples]);
    assert_eq!(dense(&library, "pears"), ["pears"]);
}

#[test]
fn refused_vectors_leave_nothing_behind() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let space = space(&library);
    let good = (TextHash::of("good"), vector("good"));
    let short = (TextHash::of("short"), vec![1.0]);
    let mut broken = vector("broken");
    broken[3] = f32::NAN;
    for bad in [short, (TextHash::of("broken"), broken)] {
        assert!(matches!(library.store_vectors(space, &[good.clone(), bad]), Err(Error::Vector(_))));
    }
    assert_eq!(library.missing_vectors(space, &[good.0]).unwrap(), [good.0]);
}
