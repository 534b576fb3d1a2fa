//! The model that comes with the app, where `cargo xtask` has fetched it.

use std::env;
use std::io::{self, Write as _};
use std::path::Path;

use inference::{ModelFolder, SentenceVectors};

use crate::{embed, similarity};

fn minilm() -> Option<SentenceVectors> {
    let fetched = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../target/models/all-minilm-l6-v2");
    let found = ModelFolder::open(&fetched).ok();
    if found.is_none() {
        assert!(env::var_os("FOOTNOTE_REQUIRE_ALL").is_none(), "all-MiniLM-L6-v2 is not there, and required");
        let _ = writeln!(io::stderr(), "skipped: `cargo xtask test` fetches all-MiniLM-L6-v2");
    }
    found.map(|folder| SentenceVectors::new(folder).expect("a model of sentences"))
}

#[test]
fn what_means_the_same_is_near_though_no_word_is_shared() {
    let Some(model) = minilm() else { return };
    let texts = ["How tall is the tower?", "It stands 19 metres high.", "Gifts came from 2,914 people."];
    let vectors = embed(&model, &texts);
    assert!(similarity(&vectors[0], &vectors[1]) > similarity(&vectors[0], &vectors[2]) + 0.1);
}

/// The first numbers of the vector are those that ONNX Runtime gives for the same file.
#[test]
fn vectors_are_those_of_another_runtime() {
    let Some(model) = minilm() else { return };
    let vector = &embed(&model, &["The keeper logs the tide at noon."])[0];
    assert_eq!(vector.len(), 384);
    let expected = [-0.0056, 0.1107, 0.0535, -0.0480, -0.0049, -0.0351_f32];
    let is_close = vector.iter().zip(expected).all(|(ours, theirs)| (ours - theirs).abs() < 0.005);
    assert!(is_close, "{:?}", &vector[..expected.len()]);
}

#[test]
fn a_text_has_one_vector_whatever_stands_beside_it() {
    let Some(model) = minilm() else { return };
    let long = "The lamp was lit each evening at sunset, and the keeper wrote down how much oil it took. "
        .repeat(20);
    let texts = ["The tide is high at noon.", &long, "\u{feff}The tide is high at noon.", "灯台", ""];
    let together = embed(&model, &texts);
    for (text, vector) in texts.iter().zip(&together) {
        assert_eq!(embed(&model, &[text])[0], *vector, "{text}");
    }
    assert_eq!(together[0], together[2], "a byte order mark is no text");
}
