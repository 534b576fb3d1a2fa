//! Texts to vectors.

use async_trait::async_trait;

pub use inference::Urgency;

use crate::ModelError;

/// A model that turns text into vectors of unit length.
#[async_trait]
pub trait Embedder: Send + Sync {
    /// The model's name as the endpoint knows it.
    fn name(&self) -> &str;

    /// What is put in front of a passage (never in front of a question); empty for most models. Vectors may be compared
    /// where name and instruction are the same.
    fn passage_instruction(&self) -> &str;

    /// How many texts to hand over in one call.
    fn batch_size(&self) -> usize;

    /// How many calls may be under way at once.
    fn concurrency(&self) -> usize;

    /// How many passages so far were longer than the model reads and were embedded by their beginning only.
    fn shortened(&self) -> u64 {
        0
    }

    /// What a token costs, in US dollars, where the endpoint has said so with a call.
    fn cost_per_token(&self) -> Option<f64> {
        None
    }

    /// Why the model's endpoint has to be asked again, while that goes on.
    fn waits_after(&self) -> Option<ModelError> {
        None
    }

    /// One vector for each text, in the order of `texts`, each of unit length; or why the model has none for this
    /// text, where it works for others. A model that does one thing after another does what is urgent first.
    ///
    /// # Errors
    /// Whatever keeps the model from working for any text.
    async fn embed_passages(&self, texts: &[String], urgency: Urgency) -> Result<Vec<Embedded>, ModelError>;

    /// The vector to search with; the model's query instruction is put in front of `question` here.
    ///
    /// # Errors
    /// Whatever kept the model from answering.
    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError>;
}

/// The vector of one text, or why it has none.
pub type Embedded = Result<Vec<f32>, ModelError>;
