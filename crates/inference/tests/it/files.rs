//! Missing, damaged and foreign files.

use std::fs;

use inference::{InferenceError, ModelFolder, RelevanceModel, SentenceVectors, Urgency};
use testkit::tiny_models::{write_relevance, write_sentence_vectors};

use crate::{folder, never, sentence_vectors};

#[test]
fn a_missing_file_is_named_before_anything_is_loaded() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    fs::remove_file(folder.path().join("model.onnx")).expect("a file");
    let error = ModelFolder::open(folder.path()).expect_err("a file is missing");
    assert!(
        matches!(&error, InferenceError::Unreadable { path, .. } if path.ends_with("model.onnx")),
        "{error}"
    );
}

#[test]
fn a_file_of_which_one_bit_is_another_is_not_loaded() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let file = folder.path().join("model.onnx");
    let mut bytes = fs::read(&file).expect("a file");
    bytes[100_000] ^= 1;
    fs::write(&file, bytes).expect("a file");
    let error = sentence_vectors(folder.path()).embed(&["tide"], Urgency::Background, &never);
    assert!(matches!(&error, Err(InferenceError::Damaged(path)) if *path == file), "{error:?}");
}

#[test]
fn a_file_that_is_no_network_is_an_error_though_its_checksum_is_right() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let manifest = folder.path().join("model.json");
    let mut described: serde_json::Value =
        serde_json::from_slice(&fs::read(&manifest).expect("a manifest")).expect("JSON");
    // The checksum of no bytes at all.
    described["files"]["model.onnx"] =
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855".into();
    fs::write(&manifest, described.to_string()).expect("a manifest");
    fs::write(folder.path().join("model.onnx"), "").expect("a file");
    let error = sentence_vectors(folder.path()).embed(&["tide"], Urgency::Background, &never);
    assert!(matches!(error, Err(InferenceError::NotLoaded { .. })), "{error:?}");
}

#[test]
fn a_manifest_that_this_version_does_not_know_is_an_error() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let manifest = folder.path().join("model.json");
    let text = fs::read_to_string(&manifest).expect("a manifest").replace("sentence_vectors", "translation");
    fs::write(&manifest, text).expect("a manifest");
    assert!(matches!(ModelFolder::open(folder.path()), Err(InferenceError::Manifest { .. })));
}

#[test]
fn a_model_for_something_else_is_refused() {
    let (one, other) = (folder(), folder());
    write_sentence_vectors(one.path(), "tiny").expect("a model");
    write_relevance(other.path(), "tiny").expect("a model");
    let open = |folder: &tempfile::TempDir| ModelFolder::open(folder.path()).expect("a model");
    assert!(matches!(RelevanceModel::new(open(&one)), Err(InferenceError::OtherTask { .. })));
    assert!(matches!(SentenceVectors::new(open(&other)), Err(InferenceError::OtherTask { .. })));
}
