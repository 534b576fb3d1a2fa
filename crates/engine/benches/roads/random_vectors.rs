use async_trait::async_trait;
use models::{Embedded, Embedder, ModelError, Urgency};

const DIMENSIONS: usize = 1024;

/// An embedder that costs next to nothing, so that all the rest is measured.
pub struct RandomVectors;

#[async_trait]
impl Embedder for RandomVectors {
    fn name(&self) -> &str {
        "random"
    }

    fn passage_instruction(&self) -> &str {
        ""
    }

    fn batch_size(&self) -> usize {
        64
    }

    fn concurrency(&self) -> usize {
        8
    }

    async fn embed_passages(&self, texts: &[String], _: Urgency) -> Result<Vec<Embedded>, ModelError> {
        Ok(texts.iter().map(|text| Ok(vector(text))).collect())
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        Ok(vector(question))
    }
}

/// The same text has the same vector, of unit length.
fn vector(text: &str) -> Vec<f32> {
    let mut bytes = vec![0_u8; DIMENSIONS];
    let mut hasher = blake3::Hasher::new();
    hasher.update(text.as_bytes());
    hasher.finalize_xof().fill(&mut bytes);
    let values: Vec<f32> = bytes.into_iter().map(|byte| f32::from(byte) - 127.5).collect();
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
    values.into_iter().map(|value| value / length).collect()
}
