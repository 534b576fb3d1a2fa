//! Two processes and one library.

use library::{Error, Library, Scope};

use crate::samples::{Search as _, document, never, space, store, texts, vector_of_chunk};

/// Locks on files tell two openings apart, be they of one process or of two.
#[test]
fn one_changes_documents_and_the_other_sees_it() {
    let directory = tempfile::tempdir().unwrap();
    let writing = Library::open(directory.path()).unwrap();
    let reading = Library::open(directory.path()).unwrap();
    store(&writing, &document("/a.txt", &["apples"]));

    let found = |library: &Library, text: &str| {
        texts(library, &library.search_dense(&vector_of_chunk(text), 1, &Scope::default()).unwrap())
    };
    assert_eq!(found(&reading, "apples"), ["apples"]);
    assert_eq!(reading.search_lexical("apples", 1, &Scope::default()).unwrap().len(), 1);
    store(&writing, &document("/b.txt", &["pears"]));
    assert_eq!(found(&reading, "pears"), ["pears"]);

    let refused = reading.store_document(&document("/c.txt", &["plums"]));
    assert!(matches!(refused, Err(Error::InUse(_))), "{refused:?}");
    assert!(matches!(reading.remove_documents(&[]), Err(Error::InUse(_))));
    assert!(matches!(reading.save_index(&never), Err(Error::InUse(_))));
    reading.create_conversation("Questions are asked meanwhile").unwrap();

    drop(writing);
    store(&reading, &document("/c.txt", &["plums"]));
    assert_eq!(found(&reading, "plums"), ["plums"]);
    assert_eq!(space(&reading), reading.active_space().unwrap().unwrap().0);
}

#[test]
fn threads_of_one_process_share_a_library() {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    let library = &library;
    std::thread::scope(|scope| {
        for thread in 0..3 {
            scope.spawn(move || {
                for number in 0..20 {
                    let text = format!("thread {thread} text {number}");
                    store(library, &document(&format!("/{text}"), &[&text]));
                    let hits = library.search_dense(&vector_of_chunk(&text), 1, &Scope::default()).unwrap();
                    assert_eq!(texts(library, &hits), [text]);
                }
            });
        }
        scope.spawn(|| (0..10).for_each(|_| library.save_index(&never).unwrap()));
    });
    let status = library.status().unwrap();
    assert_eq!((status.documents, status.vectors, status.index.unwrap().count), (60, 60, 60));
}
