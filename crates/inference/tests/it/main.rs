//! Models as their users meet them: a folder of files, texts in, numbers out.

mod entailment;
mod files;
mod minilm;
mod relevance;
mod sentence_vectors;

use std::path::Path;

use inference::{ModelFolder, SentenceVectors, Urgency};
use tempfile::TempDir;

/// Nobody cancels.
fn never() -> bool {
    false
}

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder")
}

fn sentence_vectors(folder: &Path) -> SentenceVectors {
    SentenceVectors::new(ModelFolder::open(folder).expect("a model")).expect("a model of sentences")
}

fn embed(model: &SentenceVectors, texts: &[&str]) -> Vec<Vec<f32>> {
    model.embed(texts, Urgency::Background, &never).expect("vectors")
}

fn similarity(one: &[f32], other: &[f32]) -> f32 {
    one.iter().zip(other).map(|(one, other)| one * other).sum()
}
