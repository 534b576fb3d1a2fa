//! A question and a passage to how well the one answers the other: what a cross-encoder gives.

use crate::resident::{IDLE, Resident};
use crate::text_network::{Output, TextNetwork};
use crate::{InferenceError, ModelFolder, Task};

/// A model that reads a question and a passage together.
pub struct RelevanceModel {
    name: String,
    network: Resident<TextNetwork>,
}

impl RelevanceModel {
    /// The model of a folder, which is loaded when the first question comes.
    ///
    /// # Errors
    /// It is a model for something else.
    pub fn new(folder: ModelFolder) -> Result<Self, InferenceError> {
        let manifest = folder.manifest().clone();
        let Task::Relevance { tokenizer, longest_input } = manifest.task else {
            return Err(InferenceError::OtherTask(manifest.name));
        };
        let network = Resident::new(IDLE, move || TextNetwork::load(&folder, tokenizer, longest_input));
        Ok(Self { name: manifest.name, network })
    }

    /// The model's name, as its authors call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// For each passage how well it answers the question: more is better, and numbers of one model may be compared.
    ///
    /// # Errors
    /// The model cannot be loaded or run, or `is_cancelled`, which is asked before each passage.
    pub fn relevances(
        &self,
        question: &str,
        passages: &[&str],
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<f32>, InferenceError> {
        let network = self.network.get()?;
        let one = |passage: &&str| {
            if is_cancelled() {
                return Err(InferenceError::Cancelled);
            }
            let Output::<2> { numbers, .. } = network.run(&[question, passage])?;
            // Of two grades the second one is for a passage that answers.
            numbers.last().copied().ok_or_else(|| network.failed("it gives no grade"))
        };
        passages.iter().map(one).collect()
    }
}
