//! The catalogue.

use std::path::Path;

use library::{
    Coded, ContentHash, DocumentState, EmbeddingSpace, NewFailure, PageSpan, TextHash, Transcript,
};

use crate::contract::of_each;
use crate::samples::{around, document, fill, papers};

#[test]
fn a_document_is_read_back_as_it_was_stored() {
    of_each(|library| {
        let paper = &papers()[0];
        let id = library.store_document(paper).unwrap();
        let known = library.known_document(&paper.path).unwrap().unwrap();
        assert_eq!((known.id, known.size, known.mtime_ns, known.page_count), (id, 10, 1_000, 2));
        assert_eq!(known.content_hash, Some(paper.content_hash));
        assert_eq!(library.documents_with_hash(paper.content_hash).unwrap(), std::slice::from_ref(&known));
        assert_eq!(library.documents_changed_since(known.recorded_at).unwrap().len(), 1);
        assert_eq!(library.page(id, 2).unwrap().unwrap(), paper.pages[1]);
        assert_eq!(library.page(id, 3).unwrap(), None);
        assert_eq!(library.page_labels(id).unwrap(), [Some("p1".to_owned()), Some("p2".to_owned())]);
        assert_eq!(library.page_texts(&[(id, 1)]).unwrap()[&(id, 1)], paper.pages[0].text);
        let there = library.chunks_on(id, &[2]).unwrap();
        let chunks: Vec<_> = there.iter().map(|place| place.chunk).collect();
        let passages = library.passages(&chunks).unwrap();
        assert_eq!(passages[1].text, "Pets need the consent of the landlord.");
        assert_eq!(passages[1].page_spans, [PageSpan { page: 2, start: 48, end: 86 }]);
        assert_eq!(passages[1].page_labels[&2], "p2");
        assert_eq!(passages[1].heading_path, ["Part 2"]);
        assert_eq!(library.headings(id).unwrap()[1].text, "Part 2");
        assert_eq!(library.headings_that_begin_with(id, "part").unwrap(), ["Part 2", "Part 1"]);
        assert!(library.headings_that_begin_with(id, "par").unwrap().is_empty());
    });
}

#[test]
fn what_is_stored_again_keeps_its_id_and_has_new_chunks() {
    of_each(|library| {
        let id = library.store_document(&document("/a.txt", &["one\ntwo"])).unwrap();
        let before = library.chunks_on(id, &[1]).unwrap();
        assert_eq!(library.store_document(&document("/a.txt", &["one\nthree\nfour"])).unwrap(), id);
        let after = library.chunks_on(id, &[1]).unwrap();
        assert_eq!((before.len(), after.len()), (2, 3));
        assert!(after.iter().all(|place| before.iter().all(|old| place.chunk > old.chunk)));
        assert_eq!(library.status().unwrap().chunks, 3);
    });
}

#[test]
fn failures_moves_and_removals_are_noted() {
    of_each(|library| {
        fill(library, &papers());
        let failure = NewFailure {
            path: "/papers/locked.pdf".into(),
            folder: None,
            format: "pdf".to_owned(),
            size: 5,
            mtime_ns: 2,
            content_hash: Some(ContentHash([7; 32])),
            pages: 0,
            reason: Coded::of(&std::collections::BTreeMap::from([("code", "encrypted")])),
        };
        library.record_failure(&failure).unwrap();
        let status = library.status().unwrap();
        assert_eq!((status.documents, status.failures.len(), status.pages), (4, 1, 6));
        assert_eq!((status.chunks, status.vectors), (14, 14));
        assert_eq!(status.failures[0].state, DocumentState::Failed(failure.reason.clone()));

        let lease = library.known_document(Path::new("/papers/Lease 2021.txt")).unwrap().unwrap();
        library.move_document(lease.id, Path::new("/papers/Insurance.txt"), None).unwrap();
        assert_eq!(library.documents().unwrap().len(), 4);
        library.touch_document(lease.id, 11, 12).unwrap();
        let moved = library.document(lease.id).unwrap().unwrap();
        assert_eq!((moved.path.to_str().unwrap(), moved.size), ("/papers/Insurance.txt", 11));
        library.forget_contents().unwrap();
        assert_eq!(library.document(lease.id).unwrap().unwrap().content_hash, None);

        let removed = library.remove(Path::new("/papers/old")).unwrap();
        assert_eq!((removed.folders, removed.documents), (0, 1));
        library.remove_documents(&[lease.id]).unwrap();
        assert!(library.document(lease.id).unwrap().is_none());
        assert_eq!(library.status().unwrap().documents, 1);
        assert!(library.touch_document(lease.id, 1, 1).is_err());
    });
}

#[test]
fn folders_know_what_is_left_out_of_them() {
    of_each(|library| {
        fill(library, &papers());
        let inner = library.add_folder(Path::new("/papers/old"), |_| true).unwrap();
        let outer = library.add_folder(Path::new("/papers"), |_| true).unwrap();
        assert_ne!(inner, outer);
        assert_eq!(library.add_folder(Path::new("/papers"), |_| true).unwrap(), outer);
        let folders = library.folders().unwrap();
        assert_eq!((folders.len(), folders[0].id), (1, outer));
        assert!(library.documents().unwrap().iter().all(|document| document.folder == Some(outer)));
        library.remove(Path::new("/papers/old")).unwrap();
        assert!(library.exclusions().unwrap().contain(Path::new("/papers/old")));
        library.lift_exclusion(Path::new("/papers/old")).unwrap();
        assert!(!library.exclusions().unwrap().contain(Path::new("/papers/old")));
        library.set_mount_points(Path::new("/papers"), &["/papers/stick".into()]).unwrap();
        assert_eq!(library.mount_points(Path::new("/papers")).unwrap(), [Path::new("/papers/stick")]);
        assert!(library.mount_points(Path::new("/other")).unwrap().is_empty());
    });
}

#[test]
fn no_text_is_embedded_twice() {
    of_each(|library| {
        let space =
            EmbeddingSpace { model: "places".to_owned(), passage_instruction: String::new(), dimensions: 2 };
        let id = library.space(&space, Some("here")).unwrap();
        assert_eq!(library.space(&space, None).unwrap(), id);
        assert_eq!(library.active_space().unwrap(), Some((id, space)));
        library.store_document(&document("/a.txt", &["one\ntwo"])).unwrap();
        let texts = library.unembedded_texts(id, library::ChunkId(0), 10).unwrap();
        let read: Vec<&str> = texts.iter().map(|text| text.text.as_str()).collect();
        assert_eq!(read, ["/a.txt\none", "/a.txt\ntwo"]);
        assert_eq!(
            library.texts_without_vectors("places", "", 1).unwrap(),
            (2, vec!["/a.txt\none".to_owned()])
        );
        let vectors: Vec<_> = texts.iter().map(|text| (text.hash, around(0.5))).collect();
        library.store_vectors(id, &vectors).unwrap();
        assert!(library.store_vectors(id, &[(TextHash([0; 32]), vec![1.0])]).is_err());
        assert_eq!(library.embedded_chunks("places", "").unwrap(), 2);
        // The document goes and comes back, and so do its texts.
        library.remove(Path::new("/a.txt")).unwrap();
        library.store_document(&document("/a.txt", &["one\ntwo\nthree"])).unwrap();
        let texts = library.unembedded_texts(id, library::ChunkId(0), 10).unwrap();
        assert_eq!(texts.iter().map(|text| text.text.as_str()).collect::<Vec<_>>(), ["/a.txt\nthree"]);
        assert_eq!(library.spaces().unwrap()[0].source.as_deref(), Some("here"));
        assert!(!library.drop_space(id).unwrap());
    });
}

#[test]
fn the_latest_transcript_of_a_page_is_kept() {
    of_each(|library| {
        let content = ContentHash([3; 32]);
        let transcript =
            |page, text: &str| Transcript { page, model: "eyes".to_owned(), text: text.to_owned() };
        library.keep_transcript(content, &transcript(1, "first")).unwrap();
        library.keep_transcript(content, &transcript(2, "second")).unwrap();
        library.keep_transcript(content, &transcript(1, "better")).unwrap();
        assert_eq!(library.transcripts(content).unwrap(), [transcript(1, "better"), transcript(2, "second")]);
    });
}
