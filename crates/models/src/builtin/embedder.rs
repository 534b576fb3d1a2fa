use async_trait::async_trait;

use crate::{Embedder, EmbeddingSpace, ModelError};

const DIMENSIONS: usize = 1024;

/// Hashed words and character n-grams: no network, no training, the same vectors everywhere.
#[derive(Debug, Clone)]
pub struct BuiltinEmbedder {
    space: EmbeddingSpace,
}

impl BuiltinEmbedder {
    /// Ready at once.
    pub fn new() -> Self {
        let space = EmbeddingSpace {
            model: "footnote-builtin-1".to_owned(),
            question_instruction: String::new(),
            passage_instruction: String::new(),
        };
        Self { space }
    }
}

impl Default for BuiltinEmbedder {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl Embedder for BuiltinEmbedder {
    fn space(&self) -> &EmbeddingSpace {
        &self.space
    }

    fn batch_size(&self) -> usize {
        64
    }

    fn concurrency(&self) -> usize {
        1
    }

    async fn embed_passages(&self, texts: &[String]) -> Result<Vec<Vec<f32>>, ModelError> {
        let mut vectors = Vec::with_capacity(texts.len());
        for text in texts {
            vectors.push(embed(text));
            tokio::task::yield_now().await;
        }
        Ok(vectors)
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        Ok(embed(question))
    }
}

fn embed(text: &str) -> Vec<f32> {
    let mut vector = vec![0.0_f32; DIMENSIONS];
    for word in text.split_whitespace() {
        let hash = word.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
        });
        vector[hash as usize % DIMENSIONS] += 1.0;
    }
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        vector.iter_mut().for_each(|x| *x /= length);
    } else {
        vector[0] = 1.0;
    }
    vector
}
