//! What was paid for stays as long as it can be of use.

use library::{ContentHash, Library, Transcript};

use crate::samples::{document, store};

fn transcript(page: u32, model: &str, text: &str) -> Transcript {
    Transcript { page, model: model.to_owned(), text: text.to_owned() }
}

fn open() -> (tempfile::TempDir, Library) {
    let directory = tempfile::tempdir().unwrap();
    let library = Library::open(directory.path()).unwrap();
    (directory, library)
}

#[test]
fn a_transcript_is_kept_by_content_page_and_model() {
    let (directory, library) = open();
    let content = ContentHash([7; 32]);
    for kept in [transcript(2, "a", "Old."), transcript(1, "b", ""), transcript(2, "a", "New.")] {
        library.keep_transcript(content, &kept).unwrap();
    }
    drop(library);
    let library = Library::open(directory.path()).unwrap();
    let kept = [transcript(2, "a", "New."), transcript(1, "b", "")];
    assert_eq!(library.transcripts(content).unwrap(), kept);
    assert_eq!(library.transcripts(ContentHash([8; 32])).unwrap(), []);
}

#[test]
fn transcripts_go_with_the_last_document_that_has_the_content() {
    let (_directory, library) = open();
    let one = document("/a.pdf", &["The lamp."]);
    let first = store(&library, &one);
    let second = store(&library, &document("/copy of a.pdf", &["The lamp."]));
    let kept = transcript(1, "a", "The lamp.");
    library.keep_transcript(one.content_hash, &kept).unwrap();
    library.remove_documents(&[first]).unwrap();
    assert_eq!(library.transcripts(one.content_hash).unwrap(), std::slice::from_ref(&kept));

    library.forget_contents().unwrap();
    store(&library, &document("/copy of a.pdf", &["The lamp."]));
    assert_eq!(library.transcripts(one.content_hash).unwrap(), [kept]);
    library.remove_documents(&[second]).unwrap();
    assert_eq!(library.transcripts(one.content_hash).unwrap(), []);
}

#[test]
fn a_file_that_was_written_anew_loses_the_transcripts_of_its_old_content() {
    let (_directory, library) = open();
    let old = document("/a.pdf", &["The lamp."]);
    store(&library, &old);
    library.keep_transcript(old.content_hash, &transcript(1, "a", "The lamp.")).unwrap();
    store(&library, &old);
    assert_eq!(library.transcripts(old.content_hash).unwrap().len(), 1);
    store(&library, &document("/a.pdf", &["The gauge."]));
    assert_eq!(library.transcripts(old.content_hash).unwrap(), []);
}

#[test]
fn the_readings_of_pages_tell_how_well_and_by_what_each_was_read() {
    let (_directory, library) = open();
    let id = store(&library, &document("/a.pdf", &["The lamp.", ""]));
    let readings = library.page_readings(id).unwrap();
    assert_eq!(readings.iter().map(|reading| reading.number).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((readings[0].quality, readings[0].source_engine.as_str()), (0.9, "text"));
}
