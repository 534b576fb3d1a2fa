//! The model that judges sentences by what they cite, in this process.

use std::sync::Arc;

use inference::{EntailmentModel, Judgement, Task};

use super::blocking;
use crate::ModelError;

/// A model that reads what a source says and what is said of it together, in this process.
pub struct LocalVerifier {
    model: Arc<EntailmentModel>,
}

impl LocalVerifier {
    /// The one in a folder of this name. `None` where there is none that judges sentences.
    #[must_use]
    pub fn installed(folder: &str) -> Option<Self> {
        Some(Self { model: Arc::new(EntailmentModel::new(inference::find(folder)?).ok()?) })
    }

    /// The first one that is installed; none comes with the app.
    #[must_use]
    pub fn first_installed() -> Option<Self> {
        let mut found = inference::installed().into_iter();
        let folder = found.find(|folder| matches!(folder.manifest().task, Task::Entailment { .. }))?;
        Some(Self { model: Arc::new(EntailmentModel::new(folder).ok()?) })
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        self.model.name()
    }

    /// How a source stands to a sentence.
    ///
    /// # Errors
    /// The model cannot be loaded or run.
    pub async fn judge(&self, source: String, sentence: String) -> Result<Judgement, ModelError> {
        let model = Arc::clone(&self.model);
        blocking(move |is_cancelled| model.judge(&source, &sentence, is_cancelled)).await
    }
}
