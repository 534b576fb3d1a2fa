//! Models of a few random weights, written as ONNX files: what loads and runs them cannot tell them from real ones.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;

use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::hub::Files;

/// Tokens share vectors, so that the files are small.
const VECTORS: usize = 2_048;
const DIMENSIONS: usize = 48;
/// How many tokens a network that grades reads.
const LONGEST_INPUT: usize = 512;

/// Writes the folder of a model that makes the vector of a text from random vectors of its tokens: texts that share
/// words are near each other.
///
/// # Errors
/// The folder cannot be written.
pub fn write_sentence_vectors(folder: &Path, name: &str) -> io::Result<()> {
    let task = json!({
        "kind": "sentence_vectors", "tokenizer": "bert-base-uncased", "longest_input": 256, "pooling": "mean",
    });
    write(folder, name, &task, &[("model.onnx", &vectors_of_tokens())])
}

/// Writes the folder of a model that gives question and passage a grade: the sum over their tokens of a random vector's
/// first number.
///
/// # Errors
/// The folder cannot be written.
pub fn write_relevance(folder: &Path, name: &str) -> io::Result<()> {
    let task =
        json!({ "kind": "relevance", "tokenizer": "bert-base-uncased", "longest_input": LONGEST_INPUT });
    write(folder, name, &task, &[("model.onnx", &grades(1))])
}

/// Writes the folder of a model that gives premise and hypothesis a number for each label, made as
/// [`write_relevance`]'s grade is.
///
/// # Errors
/// The folder cannot be written.
pub fn write_entailment(folder: &Path, name: &str, labels: [&str; 3]) -> io::Result<()> {
    let task =
        json!({ "kind": "entailment", "tokenizer": "bert-base-uncased", "longest_input": LONGEST_INPUT });
    let [first, second, third] = labels;
    let configuration = json!({ "id2label": { "0": first, "1": second, "2": third } }).to_string();
    write(folder, name, &task, &[("model.onnx", &grades(3)), ("config.json", configuration.as_bytes())])
}

/// The first of these models as hubs have them, with a tokenizer of its own.
#[must_use]
pub fn hub_sentence_vectors() -> Files {
    let config = json!({ "architectures": ["BertModel"], "max_position_embeddings": 512 });
    let mut files = hub_files(&config, vectors_of_tokens());
    let pooling = json!({ "word_embedding_dimension": DIMENSIONS, "pooling_mode_cls_token": false,
        "pooling_mode_mean_tokens": true, "include_prompt": true });
    files.insert("1_Pooling/config.json".to_owned(), pooling.to_string().into_bytes());
    files
}

/// The second one as hubs have them, with a tokenizer of its own.
#[must_use]
pub fn hub_relevance() -> Files {
    let config = json!({ "architectures": ["BertForSequenceClassification"], "max_position_embeddings": 512,
        "id2label": { "0": "LABEL_0" } });
    hub_files(&config, grades(1))
}

/// The third one as hubs have them, with a tokenizer of its own.
#[must_use]
pub fn hub_entailment() -> Files {
    let config = json!({ "architectures": ["BertForSequenceClassification"], "max_position_embeddings": 512,
        "id2label": { "0": "contradiction", "1": "entailment", "2": "neutral" } });
    hub_files(&config, grades(3))
}

fn hub_files(config: &Value, network: Vec<u8>) -> Files {
    let limit = json!({ "model_max_length": 64 });
    let texts = [
        ("config.json", config.to_string()),
        ("tokenizer.json", tokenizer().to_string()),
        ("tokenizer_config.json", limit.to_string()),
    ];
    let texts = texts.map(|(path, text)| (path.to_owned(), text.into_bytes()));
    texts.into_iter().chain([("onnx/model.onnx".to_owned(), network)]).collect()
}

/// As those of multilingual models: pieces of words by how likely they are.
fn tokenizer() -> Value {
    let special = ["<s>", "<pad>", "</s>", "<unk>"];
    let added = special.iter().enumerate().map(|(id, piece)| {
        json!({ "id": id, "content": piece, "single_word": false, "lstrip": false, "rstrip": false,
            "normalized": false, "special": true })
    });
    let words =
        ["harbour", "light", "tide", "first", "lit", "the", "was"].map(|word| (format!("▁{word}"), -3.0));
    let letters =
        ('a'..='z').chain('0'..='9').chain("▁.,?:".chars()).map(|letter| (letter.to_string(), -6.0));
    let pieces = special.map(|piece| (piece.to_owned(), 0.0)).into_iter().chain(words).chain(letters);
    let mark = |piece: &str| json!({ "SpecialToken": { "id": piece, "type_id": 0 } });
    let text = |name: &str| json!({ "Sequence": { "id": name, "type_id": 0 } });
    let ids = |piece: &str, id: u32| json!({ "id": piece, "ids": [id], "tokens": [piece] });
    json!({
        "version": "1.0", "truncation": null,
        "padding": { "strategy": "BatchLongest", "direction": "Right", "pad_to_multiple_of": 8, "pad_id": 1,
            "pad_type_id": 0, "pad_token": "<pad>" },
        "added_tokens": added.collect::<Vec<_>>(),
        "normalizer": { "type": "Sequence", "normalizers": [{ "type": "NFKC" }, { "type": "Lowercase" }] },
        "pre_tokenizer": { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [mark("<s>"), text("A"), mark("</s>")],
            "pair": [mark("<s>"), text("A"), mark("</s>"), mark("</s>"), text("B"), mark("</s>")],
            "special_tokens": { "<s>": ids("<s>", 0), "</s>": ids("</s>", 2) },
        },
        "decoder": { "type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": true },
        "model": { "type": "Unigram", "unk_id": 3, "vocab": pieces.collect::<Vec<_>>(), "byte_fallback": false },
    })
}

fn vectors_of_tokens() -> Vec<u8> {
    let graph = [embeddings(), node("Gather", &["embeddings", "places"], "last_hidden_state")].concat();
    network(&graph, "last_hidden_state")
}

/// A network that gives so many numbers: the sums over all tokens of the first numbers of their vectors, made small.
fn grades(count: usize) -> Vec<u8> {
    // Small enough that a softmax tells the numbers of long texts apart.
    let weight = |at: usize| if at / count == at % count { 1.0 / LONGEST_INPUT as f32 } else { 0.0 };
    let first: Vec<f32> = (0..DIMENSIONS * count).map(weight).collect();
    let graph = [
        embeddings(),
        initializer("first", &[DIMENSIONS, count], &first),
        node("Gather", &["embeddings", "places"], "states"),
        node("MatMul", &["states", "first"], "grades"),
        reduced("ReduceSum", "grades", "logits"),
    ]
    .concat();
    network(&graph, "logits")
}

fn write(folder: &Path, name: &str, task: &Value, files: &[(&str, &[u8])]) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let mut digests = BTreeMap::new();
    for (file, bytes) in files {
        fs::write(folder.join(file), bytes)?;
        let digest = Sha256::digest(bytes).iter().fold(String::new(), |mut digits, byte| {
            let _ = write!(digits, "{byte:02x}");
            digits
        });
        digests.insert(file, digest);
    }
    let manifest = json!({ "name": name, "license": "CC0-1.0", "task": task, "files": digests });
    fs::write(folder.join("model.json"), manifest.to_string())
}

/// Random vectors, the same each time, and each token's place among them.
fn embeddings() -> Vec<u8> {
    let mut state = 1_u64;
    let mut random = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 40) as f32 / (1 << 23) as f32 - 1.0
    };
    let weights: Vec<f32> = (0..VECTORS * DIMENSIONS).map(|_| random()).collect();
    [
        initializer("embeddings", &[VECTORS, DIMENSIONS], &weights),
        integer("vectors", VECTORS as i64),
        node("Mod", &["input_ids", "vectors"], "places"),
    ]
    .concat()
}

/// `ModelProto`: version of the format, operators, graph.
fn network(graph: &[u8], output: &str) -> Vec<u8> {
    let named = field(2, b"tiny");
    let interface = [value(11, "input_ids", 7), value(12, output, 1)].concat();
    let operators = [field(1, b""), number(2, 13)].concat();
    let graph = [graph, &named, &interface].concat();
    [number(1, 8), field(7, &graph), field(8, &operators)].concat()
}

/// `GraphProto.node`.
fn node(operator: &str, inputs: &[&str], output: &str) -> Vec<u8> {
    let inputs: Vec<u8> = inputs.iter().flat_map(|input| field(1, input.as_bytes())).collect();
    field(1, &[inputs, field(2, output.as_bytes()), field(4, operator.as_bytes())].concat())
}

/// Over the second axis, which goes away.
fn reduced(operator: &str, input: &str, output: &str) -> Vec<u8> {
    let keep = [field(1, b"keepdims"), number(3, 0), number(20, 2)].concat();
    let inputs = [field(1, input.as_bytes()), field(1, b"axes")].concat();
    let node = [inputs, field(2, output.as_bytes()), field(4, operator.as_bytes()), field(5, &keep)].concat();
    [integer("axes", 1), field(1, &node)].concat()
}

/// `GraphProto.initializer`: the weights of a name.
fn initializer(name: &str, shape: &[usize], weights: &[f32]) -> Vec<u8> {
    let shape: Vec<u8> = shape.iter().flat_map(|length| number(1, *length as u64)).collect();
    let weights: Vec<u8> = weights.iter().flat_map(|weight| weight.to_le_bytes()).collect();
    field(5, &[shape, number(2, 1), field(8, name.as_bytes()), field(9, &weights)].concat())
}

/// `GraphProto.initializer`: a list of one number.
fn integer(name: &str, value: i64) -> Vec<u8> {
    field(
        5,
        &[number(1, 1), number(2, 7), field(8, name.as_bytes()), field(9, &value.to_le_bytes())].concat(),
    )
}

/// `GraphProto.input` or `output`, of numbers of one kind and any shape of rank 2 or 3.
fn value(place: u64, name: &str, kind: u64) -> Vec<u8> {
    let tensor = field(1, &number(1, kind));
    field(place, &[field(1, name.as_bytes()), field(2, &tensor)].concat())
}

/// A field with a number, as protocol buffers write it.
fn number(place: u64, number: u64) -> Vec<u8> {
    [varint(place << 3), varint(number)].concat()
}

/// A field with bytes.
fn field(place: u64, bytes: &[u8]) -> Vec<u8> {
    [varint(place << 3 | 2), varint(bytes.len() as u64), bytes.to_vec()].concat()
}

fn varint(mut number: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    while number > 127 {
        bytes.push(number as u8 | 128);
        number >>= 7;
    }
    bytes.push(number as u8);
    bytes
}
