//! Texts to vectors.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::response::Response;
use crate::{Error, ErrorKind, Usage, Violation};

/// Texts to turn into vectors.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct EmbeddingRequest {
    /// The model's name, passed through untouched.
    pub model: String,
    /// The texts, at least one. DeepInfra takes at most 1,024 in one call, OpenAI 2,048, others as few as 10.
    pub input: Vec<String>,
    /// Fewer dimensions than the model's own, where it can do so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dimensions: Option<u32>,
    /// An opaque identifier of the person, without identifying information.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
}

impl EmbeddingRequest {
    /// One vector for each of `input`, with as many dimensions as the model has.
    #[must_use]
    pub fn new(model: impl Into<String>, input: Vec<String>) -> Self {
        Self { model: model.into(), input, ..Self::default() }
    }
}

/// Vectors, in the order of their texts, all of one length, every component finite. Not normalised.
#[derive(Debug, Clone, PartialEq)]
pub struct Embeddings {
    /// One for each text.
    pub vectors: Vec<Vec<f32>>,
    /// Zero tokens where the endpoint does not count.
    pub usage: Usage,
}

pub(crate) async fn read(response: Response, texts: usize) -> Result<Embeddings, Error> {
    let exchange = response.exchange().clone();
    let body: Body = response.json().await?;
    let vectors = in_order(body.data, texts).ok_or(Violation::VectorCount);
    let vectors =
        vectors.and_then(check).map_err(|violation| exchange.error(ErrorKind::Protocol(violation)))?;
    Ok(Embeddings { vectors, usage: body.usage.unwrap_or_default() })
}

#[derive(Deserialize)]
pub(crate) struct Body {
    data: Vec<Entry>,
    usage: Option<Usage>,
}

#[derive(Deserialize)]
struct Entry {
    index: Option<usize>,
    #[serde(deserialize_with = "floats_or_base64")]
    embedding: Vec<f32>,
}

/// By `index`, which some servers send out of order and others not at all.
fn in_order(entries: Vec<Entry>, texts: usize) -> Option<Vec<Vec<f32>>> {
    if entries.len() != texts {
        return None;
    }
    if entries.iter().all(|entry| entry.index.is_none()) {
        return Some(entries.into_iter().map(|entry| entry.embedding).collect());
    }
    let mut places: Vec<Option<Vec<f32>>> = vec![None; texts];
    for entry in entries {
        let place = places.get_mut(entry.index?)?;
        if place.replace(entry.embedding).is_some() {
            return None;
        }
    }
    places.into_iter().collect()
}

fn check(vectors: Vec<Vec<f32>>) -> Result<Vec<Vec<f32>>, Violation> {
    let length = vectors.first().map_or(1, Vec::len);
    if length == 0 || vectors.iter().any(|vector| vector.len() != length) {
        return Err(Violation::VectorLengths);
    }
    if vectors.iter().flatten().any(|component| !component.is_finite()) {
        return Err(Violation::NotFinite);
    }
    Ok(vectors)
}

/// Some servers send base64 whatever was asked for: little-endian 32-bit floats.
fn floats_or_base64<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<f32>, D::Error> {
    deserializer.deserialize_any(VectorVisitor)
}

struct VectorVisitor;

impl<'de> Visitor<'de> for VectorVisitor {
    type Value = Vec<f32>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers, or base64 of little-endian 32-bit floats")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Self::Value, A::Error> {
        let mut vector = Vec::with_capacity(numbers.size_hint().unwrap_or(1024));
        while let Some(number) = numbers.next_element()? {
            vector.push(number);
        }
        Ok(vector)
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        let bytes = STANDARD.decode(text).map_err(E::custom)?;
        let (floats, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(floats.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect())
    }
}
