//! What an embedding model does: its dimensions, how many texts it takes and how long they may be.

use std::time::Duration;

use serde::Serialize;

use super::{as_milliseconds, timed};
use crate::{EmbeddingRequest, Endpoint, Error, ErrorKind};

/// The most texts to try: no known endpoint takes more.
const MOST_INPUTS: usize = 2048;
/// The most words to try.
const MOST_WORDS: usize = 8192;
/// After a call that took so long no larger one is tried: a local server would be busy for minutes.
const PATIENCE: Duration = Duration::from_secs(3);

/// What an embedding model does.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct EmbeddingFindings {
    /// The model.
    pub model: String,
    /// How long its vectors are.
    pub dimensions: usize,
    /// How long a call with one short text takes.
    #[serde(rename = "latency_ms", serialize_with = "as_milliseconds")]
    pub latency: Duration,
    /// How many texts a call may have.
    pub batch_cap: BatchCap,
    /// How long a text may be.
    pub input_limit: InputLimit,
}

/// How many texts a call may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum BatchCap {
    /// So many, and not one more.
    Exactly(usize),
    /// At least so many; more were not tried.
    AtLeast(usize),
}

/// How long a text may be, in short English words, which are a token each with most models.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InputLimit {
    /// About so many words; a longer text is refused.
    RefusedAbove(usize),
    /// About so many words; of a longer text the end is ignored, and nothing says so.
    CutAbove(usize),
    /// At least so many; more were not tried.
    AtLeast(usize),
}

pub(super) async fn check(endpoint: &Endpoint, model: &str) -> Result<EmbeddingFindings, Error> {
    let probe = Probe { endpoint, model };
    let (vectors, latency) = timed(probe.embed(vec!["harbour".to_owned()])).await?;
    Ok(EmbeddingFindings {
        model: model.to_owned(),
        dimensions: vectors.first().map_or(0, Vec::len),
        latency,
        batch_cap: probe.batch_cap().await?,
        input_limit: probe.input_limit().await?,
    })
}

struct Probe<'a> {
    endpoint: &'a Endpoint,
    model: &'a str,
}

/// What is made larger from try to try.
#[derive(Clone, Copy)]
enum Measure {
    /// How many texts a call has.
    Texts,
    /// How many words a text has.
    Words,
}

/// What came of a try.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Outcome {
    Fine,
    /// Fine, but a larger one would take too long.
    Slow,
    Refused,
    /// As good as refused: the end of the text changes nothing.
    Cut,
}

impl Probe<'_> {
    async fn embed(&self, input: Vec<String>) -> Result<Vec<Vec<f32>>, Error> {
        let vectors = self.endpoint.embeddings(&EmbeddingRequest::new(self.model, input)).await?.vectors;
        Ok(vectors.into_iter().flatten().collect())
    }

    async fn batch_cap(&self) -> Result<BatchCap, Error> {
        let (most, beyond) = self.largest(Measure::Texts, 8, MOST_INPUTS, 1).await?;
        Ok(if beyond.is_some() { BatchCap::Exactly(most) } else { BatchCap::AtLeast(most) })
    }

    async fn input_limit(&self) -> Result<InputLimit, Error> {
        let (most, beyond) = self.largest(Measure::Words, 128, MOST_WORDS, 32).await?;
        Ok(match beyond {
            Some(Outcome::Cut) => InputLimit::CutAbove(most),
            Some(_) => InputLimit::RefusedAbove(most),
            None => InputLimit::AtLeast(most),
        })
    }

    /// The largest size that is fine, and what came of the next larger one that was tried, `step` apart.
    async fn largest(
        &self,
        measure: Measure,
        first: usize,
        most: usize,
        step: usize,
    ) -> Result<(usize, Option<Outcome>), Error> {
        let mut fine = 1;
        let mut size = first;
        let mut beyond = loop {
            match self.attempt(measure, size).await? {
                Outcome::Fine if size < most => (fine, size) = (size, size * 2),
                Outcome::Fine | Outcome::Slow => return Ok((size, None)),
                too_much => break (size, too_much),
            }
        };
        while beyond.0 - fine > step {
            let middle = fine.midpoint(beyond.0);
            match self.attempt(measure, middle).await? {
                Outcome::Fine | Outcome::Slow => fine = middle,
                too_much => beyond = (middle, too_much),
            }
        }
        Ok((fine, Some(beyond.1)))
    }

    async fn attempt(&self, measure: Measure, size: usize) -> Result<Outcome, Error> {
        match measure {
            Measure::Texts => Ok(self.outcome(vec!["harbour".to_owned(); size]).await?.0),
            Measure::Words => {
                let (outcome, vectors) =
                    self.outcome(vec![text(size, "bread "), text(size, "storm ")]).await?;
                let ends_are_ignored = vectors.len() == 2 && nearly_equal(&vectors[0], &vectors[1]);
                Ok(if ends_are_ignored { Outcome::Cut } else { outcome })
            }
        }
    }

    async fn outcome(&self, input: Vec<String>) -> Result<(Outcome, Vec<Vec<f32>>), Error> {
        match timed(self.embed(input)).await {
            Ok((vectors, took)) => Ok((if took < PATIENCE { Outcome::Fine } else { Outcome::Slow }, vectors)),
            Err(error) if is_about_size(error.kind()) => Ok((Outcome::Refused, Vec::new())),
            Err(error) => Err(error),
        }
    }
}

/// Servers without a word for it call a batch that is too large an invalid request, or fail.
fn is_about_size(kind: ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::TooManyInputs
            | ErrorKind::InputTooLong
            | ErrorKind::InvalidRequest
            | ErrorKind::ServerFailed
    )
}

/// So many words, the last tenth of them `end`.
fn text(words: usize, end: &str) -> String {
    let ending = words.div_ceil(10);
    "tide ".repeat(words - ending) + &end.repeat(ending)
}

/// Equal but for the noise of a server's arithmetic.
fn nearly_equal(a: &[f32], b: &[f32]) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() < 1e-6)
}
