//! What is read out of files of every format stands in chunks.

use std::collections::HashMap;
use std::path::Path;

use extract::{ExtractedDocument, Extractor, Limits, WorkerCommand};
use ingest::{Chunk, chunk};

#[test]
fn each_word_of_every_format_stands_in_a_chunk() {
    let worker = Path::new(env!("CARGO_BIN_EXE_ingest-test-worker")).to_owned();
    let command = WorkerCommand { program: worker, arguments: Vec::new() };
    let extractor = Extractor::new(command, Limits::default());
    let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../extract/tests/fixtures");
    let files = walkdir::WalkDir::new(fixtures).into_iter().map(|entry| entry.unwrap().into_path());
    let is_expectation = |path: &Path| path.extension().is_some_and(|extension| extension == "expected");
    let mut formats: HashMap<_, usize> = HashMap::new();
    for path in files.filter(|path| path.is_file() && !is_expectation(path)) {
        let document = extractor.extract(&path, &|| false).unwrap();
        let missing = missing(&document, &chunk(&document, "file"));
        assert!(missing.is_empty(), "{}: {missing:?}", path.display());
        *formats.entry(path.parent().unwrap().to_owned()).or_default() += 1;
    }
    assert!(formats.len() > 20, "{formats:?}");
}

/// The words of the pages that no chunk of theirs holds.
fn missing<'a>(document: &'a ExtractedDocument, chunks: &[Chunk]) -> Vec<&'a str> {
    let of_page =
        |number| chunks.iter().filter(move |chunk| chunk.pieces.iter().any(|piece| piece.page == number));
    let pages = document.pages.iter().map(|page| {
        let chunks: Vec<&str> =
            of_page(page.number).flat_map(|chunk| chunk.text.split_whitespace()).collect();
        let words = page.blocks.iter().flat_map(|block| page.text[block.range.clone()].split_whitespace());
        words.filter(move |word| !chunks.contains(word)).collect::<Vec<_>>()
    });
    pages.flatten().collect()
}
