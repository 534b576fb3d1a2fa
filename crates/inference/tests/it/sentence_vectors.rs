//! Vectors of sentences, from a tiny model.

use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::thread;

use inference::{InferenceError, Urgency};
use testkit::tiny_models::write_sentence_vectors;

use crate::{embed, folder, never, sentence_vectors, similarity};

#[test]
fn texts_with_the_same_words_are_near_and_vectors_have_unit_length() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let model = sentence_vectors(folder.path());
    let vectors = embed(&model, &["The keeper logs the tide", "who logs the tide?", "bread and salt", ""]);
    assert!(vectors.iter().all(|vector| (similarity(vector, vector) - 1.0).abs() < 1e-5));
    assert!(similarity(&vectors[0], &vectors[1]) > similarity(&vectors[0], &vectors[2]) + 0.2);
}

#[test]
fn what_is_longer_than_the_model_reads_is_counted() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let model = sentence_vectors(folder.path());
    let long = "tide ".repeat(254);
    embed(&model, &[&long]);
    assert_eq!(model.cut(), 0, "with the marks of beginning and end these are as many as it reads");
    embed(&model, &[&(long + "tide"), "tide"]);
    assert_eq!(model.cut(), 1);
}

#[test]
fn cancelling_ends_it_before_the_next_text() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let model = sentence_vectors(folder.path());
    let asked = AtomicUsize::new(0);
    let cancelled = model.embed(&["one"; 10], Urgency::Background, &|| asked.fetch_add(1, SeqCst) == 3);
    assert!(matches!(cancelled, Err(InferenceError::Cancelled)) && asked.load(SeqCst) == 4);
}

#[test]
fn threads_do_not_change_each_others_vectors() {
    let folder = folder();
    write_sentence_vectors(folder.path(), "tiny").expect("a model");
    let model = sentence_vectors(folder.path());
    let alone = embed(&model, &["the tide is high"]);
    thread::scope(|scope| {
        for urgency in [Urgency::Background, Urgency::Question, Urgency::Background] {
            let (model, alone) = (&model, &alone);
            scope.spawn(move || {
                let vectors = model.embed(&["the tide is high"; 20], urgency, &never).expect("vectors");
                assert!(vectors.iter().all(|vector| *vector == alone[0]));
            });
        }
    });
}
