//! `model.json`: what a model is, and the checksums of its files.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// What stands in `model.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// As its authors call it.
    pub name: String,
    /// As an SPDX expression; empty where that is not known.
    pub license: String,
    /// The languages that it was made for, as BCP 47 tags, `mul` for many; none where that is not known.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// What it does.
    pub task: Task,
    /// The names of its files with the SHA-256 of each, in hexadecimal digits.
    pub files: BTreeMap<String, String>,
}

/// What a model does.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Task {
    /// Texts to vectors; the network is in `model.onnx`.
    SentenceVectors {
        /// What makes numbers of the text.
        tokenizer: Tokenizer,
        /// How many tokens it reads of a text, those that mark its beginning and end included.
        longest_input: usize,
        /// What makes one vector of those of all tokens.
        pooling: Pooling,
        /// What is put in front of a question.
        #[serde(default)]
        question_instruction: String,
        /// What is put in front of a passage.
        #[serde(default)]
        passage_instruction: String,
    },
    /// A question and a passage to how well the one answers the other; the network is in `model.onnx`.
    Relevance {
        /// What makes numbers of the texts.
        tokenizer: Tokenizer,
        /// How many tokens it reads of both together, with their marks.
        longest_input: usize,
    },
    /// What is known and what is said to whether the one carries the other; the network is in `model.onnx`, what its
    /// numbers mean in `config.json`, as `id2label`.
    Entailment {
        /// What makes numbers of the texts.
        tokenizer: Tokenizer,
        /// How many tokens it reads of both together, with their marks.
        longest_input: usize,
    },
    /// Pictures to text; networks in `detection.onnx`, `direction.onnx` and `recognition.onnx`, the characters that the
    /// last one knows in `characters.txt`.
    TextRecognition,
}

/// What makes numbers of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Tokenizer {
    /// [`text::WordPieces::english`].
    #[serde(rename = "bert-base-uncased")]
    BertBaseUncased,
    /// The one in `tokenizer.json`.
    #[serde(rename = "own")]
    Own,
}

/// What makes one vector of those of all tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Pooling {
    /// Their mean.
    Mean,
    /// The first one, which marks the beginning.
    First,
}
