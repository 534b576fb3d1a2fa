//! Texts to vectors of unit length.

use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use crate::resident::{IDLE, Resident};
use crate::text_network::{Output, TextNetwork};
use crate::{InferenceError, ModelFolder, Pooling, Task};

/// Who waits for a vector.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Urgency {
    /// A person: nothing else is begun until it is there.
    Question,
    /// Nobody: a question in between goes before the next text.
    Background,
}

/// A model that gives texts with a similar meaning similar vectors.
///
/// One text is run at a time, so that its vector does not depend on what stands beside it: that is as fast on a
/// processor as many together (docs/models.md).
pub struct SentenceVectors {
    name: String,
    question_instruction: String,
    passage_instruction: String,
    pooling: Pooling,
    network: Resident<TextNetwork>,
    questions: Questions,
    cut: AtomicU64,
}

impl SentenceVectors {
    /// The model of a folder, which is loaded when the first text comes.
    ///
    /// # Errors
    /// It is a model for something else.
    pub fn new(folder: ModelFolder) -> Result<Self, InferenceError> {
        let manifest = folder.manifest().clone();
        let Task::SentenceVectors {
            tokenizer,
            longest_input,
            pooling,
            question_instruction,
            passage_instruction,
        } = manifest.task
        else {
            return Err(InferenceError::OtherTask(manifest.name));
        };
        Ok(Self {
            name: manifest.name,
            question_instruction,
            passage_instruction,
            pooling,
            network: Resident::new(IDLE, move || TextNetwork::load(&folder, tokenizer, longest_input)),
            questions: Questions::default(),
            cut: AtomicU64::new(0),
        })
    }

    /// The model's name, as its authors call it.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is to be put in front of a question.
    #[must_use]
    pub fn question_instruction(&self) -> &str {
        &self.question_instruction
    }

    /// What is to be put in front of a passage.
    #[must_use]
    pub fn passage_instruction(&self) -> &str {
        &self.passage_instruction
    }

    /// How many texts so far were longer than the model reads; of those the beginning counts.
    #[must_use]
    pub fn cut(&self) -> u64 {
        self.cut.load(Relaxed)
    }

    /// One vector of unit length for each text, in their order. Takes one thread until it is through.
    ///
    /// # Errors
    /// The model cannot be loaded or run, or `is_cancelled`, which is asked before each text.
    pub fn embed(
        &self,
        texts: &[&str],
        urgency: Urgency,
        is_cancelled: &dyn Fn() -> bool,
    ) -> Result<Vec<Vec<f32>>, InferenceError> {
        let _question = (urgency == Urgency::Question).then(|| self.questions.begin());
        let network = self.network.get()?;
        let one = |text: &&str| {
            if urgency == Urgency::Background {
                self.questions.wait();
            }
            if is_cancelled() { Err(InferenceError::Cancelled) } else { self.vector(&network, text) }
        };
        texts.iter().map(one).collect()
    }

    fn vector(&self, network: &TextNetwork, text: &str) -> Result<Vec<f32>, InferenceError> {
        let Output { shape: [texts, tokens, dimensions], numbers: states, is_cut } = network.run(&[text])?;
        self.cut.fetch_add(u64::from(is_cut), Relaxed);
        if texts != 1 || tokens == 0 || dimensions == 0 {
            return Err(network.failed("it gives no vector for each token"));
        }
        let vector = match self.pooling {
            Pooling::First => states[..dimensions].to_vec(),
            Pooling::Mean => sum(states.chunks_exact(dimensions), dimensions),
        };
        unit(vector).ok_or_else(|| network.failed("it gives a vector that points nowhere"))
    }
}

fn sum<'a>(rows: impl Iterator<Item = &'a [f32]>, dimensions: usize) -> Vec<f32> {
    rows.fold(vec![0.0; dimensions], |mut sum, row| {
        sum.iter_mut().zip(row).for_each(|(sum, number)| *sum += number);
        sum
    })
}

/// Nothing for a vector of no length.
fn unit(mut vector: Vec<f32>) -> Option<Vec<f32>> {
    let length = vector.iter().map(|number| number * number).sum::<f32>().sqrt();
    if !length.is_normal() {
        return None;
    }
    vector.iter_mut().for_each(|number| *number /= length);
    Some(vector)
}

/// How many questions wait for their vector.
#[derive(Default)]
struct Questions {
    waiting: Mutex<usize>,
    answered: Condvar,
}

impl Questions {
    fn begin(&self) -> Question<'_> {
        *self.lock() += 1;
        Question(self)
    }

    /// Returns when none waits.
    fn wait(&self) {
        let waiting = self.answered.wait_while(self.lock(), |waiting| *waiting > 0);
        drop(waiting.unwrap_or_else(PoisonError::into_inner));
    }

    fn lock(&self) -> MutexGuard<'_, usize> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One that waits.
struct Question<'a>(&'a Questions);

impl Drop for Question<'_> {
    fn drop(&mut self) {
        *self.0.lock() -= 1;
        self.0.answered.notify_all();
    }
}
