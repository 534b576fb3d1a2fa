//! What a model's own files say of it, in the layout of sentence-transformers, which hubs keep models in.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::Path;

use inference::{Pooling, Relation, Task, Tokenizer};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::InstallError;
use crate::endpoint_models::instructions_of;

pub(super) const CONFIG: &str = "config.json";
pub(super) const POOLING: &str = "1_Pooling/config.json";
pub(super) const MODULES: &str = "modules.json";
pub(super) const SENTENCES: &str = "sentence_bert_config.json";
pub(super) const TOKENS: &str = "tokenizer_config.json";
pub(super) const PROMPTS: &str = "config_sentence_transformers.json";

/// What happens to a text, beside being read by the network: its tokens' vectors are pooled, and made as long as 1.
const KNOWN_MODULES: [&str; 3] = ["Transformer", "Pooling", "Normalize"];

#[derive(Deserialize)]
struct Config {
    #[serde(default)]
    architectures: Vec<String>,
    max_position_embeddings: Option<u64>,
    #[serde(default)]
    id2label: BTreeMap<String, Value>,
}

#[derive(Default, Deserialize)]
struct Sentences {
    max_seq_length: Option<u64>,
}

#[derive(Default, Deserialize)]
struct Tokens {
    /// Where none is known, a number far above all that an integer holds.
    model_max_length: Option<f64>,
}

#[derive(Default, Deserialize)]
struct Prompts {
    #[serde(default)]
    prompts: BTreeMap<String, String>,
}

#[derive(Deserialize)]
struct Module {
    r#type: String,
}

/// What the model in a folder does, and how. Of two places that say something else the stricter one counts.
pub(super) fn describe(folder: &Path, name: &str) -> Result<Task, InstallError> {
    let missing = || InstallError::Missing { file: CONFIG.to_owned(), place: folder.display().to_string() };
    let config: Config = read(folder, CONFIG)?.ok_or_else(missing)?;
    let sentences: Sentences = read(folder, SENTENCES)?.unwrap_or_default();
    let tokens: Tokens = read(folder, TOKENS)?.unwrap_or_default();
    let limits = [
        config.max_position_embeddings,
        sentences.max_seq_length,
        tokens.model_max_length.map(|most| most as u64),
    ];
    let longest_input = limits.into_iter().flatten().min().and_then(|limit| usize::try_from(limit).ok());
    let longest_input = longest_input.ok_or_else(|| InstallError::WithoutLength(folder.join(CONFIG)))?;
    let tokenizer = Tokenizer::Own;
    if config.architectures.iter().any(|name| name.ends_with("ForSequenceClassification")) {
        let labels = || config.id2label.values();
        let is_of_entailment = |label: &Value| label.as_str().and_then(Relation::of_label).is_some();
        if labels().len() > 1 && labels().all(is_of_entailment) {
            return Ok(Task::Entailment { tokenizer, longest_input });
        }
        if labels().len() > 2 {
            return Err(InstallError::ManyClasses(folder.join(CONFIG)));
        }
        return Ok(Task::Relevance { tokenizer, longest_input });
    }
    only_known_modules(folder)?;
    let named = instructions_of(name);
    let Prompts { mut prompts } = read(folder, PROMPTS)?.unwrap_or_default();
    let mut prompt = |names: [&str; 2], known: &str| {
        names.iter().find_map(|name| prompts.remove(*name)).unwrap_or_else(|| known.to_owned())
    };
    Ok(Task::SentenceVectors {
        tokenizer,
        longest_input,
        pooling: pooling(folder)?,
        question_instruction: prompt(["query", "question"], named.question),
        passage_instruction: prompt(["document", "passage"], named.passage),
    })
}

fn only_known_modules(folder: &Path) -> Result<(), InstallError> {
    let modules: Vec<Module> = read(folder, MODULES)?.unwrap_or_default();
    let is_known = |module: &Module| KNOWN_MODULES.iter().any(|known| module.r#type.ends_with(known));
    match modules.iter().find(|module| !is_known(module)) {
        Some(module) => Err(unknown_part(folder, MODULES, module.r#type.clone())),
        None => Ok(()),
    }
}

/// The mean, where nothing says something else.
fn pooling(folder: &Path) -> Result<Pooling, InstallError> {
    let modes: BTreeMap<String, Value> = read(folder, POOLING)?.unwrap_or_default();
    let chosen: Vec<&str> = modes
        .iter()
        .filter(|(_, value)| **value == Value::Bool(true))
        .filter_map(|(name, _)| name.strip_prefix("pooling_mode_"))
        .collect();
    match chosen[..] {
        [] | ["mean_tokens"] => Ok(Pooling::Mean),
        ["cls_token"] => Ok(Pooling::First),
        _ => Err(unknown_part(folder, POOLING, chosen.join(" with "))),
    }
}

/// A file of JSON; nothing where there is none.
fn read<T: DeserializeOwned>(folder: &Path, file: &str) -> Result<Option<T>, InstallError> {
    match fs::read(folder.join(file)) {
        Ok(bytes) => serde_json::from_slice(&bytes)
            .map(Some)
            .map_err(|source| InstallError::Undescribed { path: folder.join(file), source }),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(InstallError::File { path: folder.join(file), source }),
    }
}

fn unknown_part(folder: &Path, file: &str, part: String) -> InstallError {
    InstallError::UnknownPart { path: folder.join(file), part }
}
