//! What is known and what is said to whether the one carries the other: what a cross-encoder for entailment gives.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::resident::{IDLE, Resident};
use crate::text_network::{Output, TextNetwork};
use crate::{InferenceError, ModelFolder, Task};

const CONFIGURATION: &str = "config.json";

/// A model that reads a premise and a hypothesis together.
pub struct EntailmentModel {
    name: String,
    network: Resident<(TextNetwork, Vec<Label>)>,
}

/// What a model thinks of a premise and a hypothesis.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// How the one stands to the other.
    pub relation: Relation,
    /// As the model calls it.
    pub label: String,
    /// How sure the model is, from 0 to 1.
    pub probability: f32,
}

/// How a premise stands to a hypothesis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// Who knows the premise knows the hypothesis.
    Entailment,
    /// It may be true or not.
    Neutral,
    /// Both cannot be true.
    Contradiction,
}

impl Relation {
    /// By the names that models of entailment have for it. Those with two classes do not tell the last two apart.
    #[must_use]
    pub fn of_label(label: &str) -> Option<Self> {
        match label.to_lowercase().as_str() {
            "entailment" => Some(Self::Entailment),
            "neutral" | "not_entailment" => Some(Self::Neutral),
            "contradiction" => Some(Self::Contradiction),
            _ => None,
        }
    }
}

/// What one of the numbers means that the network gives.
struct Label {
    name: String,
    relation: Relation,
}

#[derive(Deserialize)]
struct Configuration {
    id2label: BTreeMap<usize, String>,
}

impl EntailmentModel {
    /// The model of a folder, which is loaded when the first question comes.
    ///
    /// # Errors
    /// It is a model for something else.
    pub fn new(folder: ModelFolder) -> Result<Self, InferenceError> {
        let manifest = folder.manifest().clone();
        let Task::Entailment { tokenizer, longest_input } = manifest.task else {
            return Err(InferenceError::OtherTask(manifest.name));
        };
        let network = Resident::new(IDLE, move || {
            Ok((TextNetwork::load(&folder, tokenizer, longest_input)?, labels(&folder)?))
        });
        Ok(Self { name: manifest.name, network })
    }

    /// The model's name, as its authors call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a premise stands to a hypothesis. Where both are longer than the model reads, the longer one is cut.
    ///
    /// # Errors
    /// The model cannot be loaded or run, or `is_cancelled`, which is asked before it runs.
    pub fn judge(
        &self,
        premise: &str,
        hypothesis: &str,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<Judgement, InferenceError> {
        let model = self.network.get()?;
        if is_cancelled() {
            return Err(InferenceError::Cancelled);
        }
        let (network, labels) = &*model;
        let Output::<2> { numbers: grades, .. } = network.run(&[premise, hypothesis])?;
        if grades.len() != labels.len() {
            return Err(network.failed("it does not give one number for each label"));
        }
        let best = (0..grades.len()).max_by(|&one, &other| grades[one].total_cmp(&grades[other]));
        let best = best.ok_or_else(|| network.failed("it gives no number"))?;
        let all: f32 = grades.iter().map(|grade| (grade - grades[best]).exp()).sum();
        let Label { name, relation } = &labels[best];
        Ok(Judgement { relation: *relation, label: name.clone(), probability: 1.0 / all })
    }
}

/// What the numbers mean that the network gives, in their order.
fn labels(folder: &ModelFolder) -> Result<Vec<Label>, InferenceError> {
    let bytes = folder.read(CONFIGURATION)?;
    let configuration: Configuration = serde_json::from_slice(&bytes)
        .map_err(|source| InferenceError::Manifest { path: folder.path().join(CONFIGURATION), source })?;
    let label = |name: String| {
        let relation = Relation::of_label(&name).ok_or_else(|| InferenceError::NotLoaded {
            model: folder.manifest().name.clone(),
            reason: format!("{CONFIGURATION} has a label that is none of entailment: {name}"),
        })?;
        Ok(Label { name, relation })
    };
    configuration.id2label.into_values().map(label).collect()
}
