//! Texts to vectors.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde::de::{self, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize};

use crate::response::Response;
use crate::usage::Counted;
use crate::{Error, ErrorKind, Usage, Violation, lenient};

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
    /// One for each text, or what is wrong with it where the others can be used.
    pub vectors: Vec<Result<Vec<f32>, Error>>,
    /// Zero tokens where the endpoint does not count.
    pub usage: Usage,
}

pub(crate) async fn read(response: Response, texts: usize) -> Result<Embeddings, Error> {
    let exchange = response.exchange().clone();
    let body: Body = response.json().await?;
    let error = |violation| exchange.error(ErrorKind::Protocol(violation));
    let vectors = in_order(body.data, texts).ok_or_else(|| error(Violation::VectorCount))?;
    let vectors = check(vectors).map_err(error)?;
    let vectors = vectors.into_iter().map(|vector| vector.map_err(error)).collect();
    // One text without a vector is no failure of the call.
    exchange.entry.answered();
    Ok(Embeddings { vectors, usage: body.usage.unwrap_or_default() })
}

#[derive(Deserialize)]
pub(crate) struct Body {
    data: Vec<Entry>,
    #[serde(default, deserialize_with = "Usage::read")]
    usage: Option<Usage>,
}

impl Counted for Body {
    fn usage(&self) -> Option<Usage> {
        self.usage
    }
}

#[derive(Deserialize)]
struct Entry {
    #[serde(default, deserialize_with = "lenient::count")]
    index: Option<usize>,
    embedding: Vector,
}

/// By `index`, which some servers send out of order and others not at all. A text may be left out where the others
/// say which they are; its vector is empty.
fn in_order(entries: Vec<Entry>, texts: usize) -> Option<Vec<Vec<f32>>> {
    if entries.iter().all(|entry| entry.index.is_none()) {
        return (entries.len() == texts)
            .then(|| entries.into_iter().map(|entry| entry.embedding.0).collect());
    }
    let mut places: Vec<Option<Vec<f32>>> = vec![None; texts];
    for entry in entries {
        let place = places.get_mut(entry.index?)?;
        if place.replace(entry.embedding.0).is_some() {
            return None;
        }
    }
    Some(places.into_iter().map(Option::unwrap_or_default).collect())
}

/// An error where no vector can be used, or they cannot be compared.
fn check(vectors: Vec<Vec<f32>>) -> Result<Vec<Result<Vec<f32>, Violation>>, Violation> {
    let mut lengths = vectors.iter().map(Vec::len).filter(|length| *length > 0);
    let length = lengths.next().ok_or(Violation::VectorCount)?;
    if lengths.any(|other| other != length) {
        return Err(Violation::VectorLengths);
    }
    let checked: Vec<_> = vectors
        .into_iter()
        .map(|vector| match &vector[..] {
            [] => Err(Violation::VectorCount),
            components if components.iter().all(|component| component.is_finite()) => Ok(vector),
            _ => Err(Violation::NotFinite),
        })
        .collect();
    if checked.iter().all(Result::is_err) { Err(Violation::NotFinite) } else { Ok(checked) }
}

/// Numbers, or base64 of little-endian 32-bit floats, which some servers send whatever was asked for. What is no
/// number in a list becomes one that is not finite; `null` in place of a list is an empty one.
struct Vector(Vec<f32>);

impl<'de> Deserialize<'de> for Vector {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(VectorVisitor)
    }
}

struct VectorVisitor;

impl<'de> Visitor<'de> for VectorVisitor {
    type Value = Vector;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("numbers, or base64 of little-endian 32-bit floats")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Vector(Vec::new()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut numbers: A) -> Result<Self::Value, A::Error> {
        let mut vector = Vec::with_capacity(numbers.size_hint().unwrap_or(1024));
        while let Some(item) = numbers.next_element()? {
            match item {
                Item::Number(number) => vector.push(number),
                // Older llama.cpp puts the vector of a text into a list of one.
                Item::List(list) if vector.is_empty() => vector = list,
                Item::List(_) => return Err(de::Error::custom("more than one vector for a text")),
            }
        }
        Ok(Vector(vector))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        let bytes = STANDARD.decode(text).map_err(E::custom)?;
        let (floats, rest) = bytes.as_chunks::<4>();
        if !rest.is_empty() {
            return Err(E::invalid_length(bytes.len(), &self));
        }
        Ok(Vector(floats.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()))
    }
}

/// An item of a vector.
enum Item {
    Number(f32),
    List(Vec<f32>),
}

impl<'de> Deserialize<'de> for Item {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ItemVisitor)
    }
}

struct ItemVisitor;

impl<'de> Visitor<'de> for ItemVisitor {
    type Value = Item;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a number")
    }

    fn visit_f64<E: de::Error>(self, number: f64) -> Result<Self::Value, E> {
        Ok(Item::Number(number as f32))
    }

    fn visit_i64<E: de::Error>(self, number: i64) -> Result<Self::Value, E> {
        Ok(Item::Number(number as f32))
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<Self::Value, E> {
        Ok(Item::Number(number as f32))
    }

    fn visit_unit<E: de::Error>(self) -> Result<Self::Value, E> {
        Ok(Item::Number(f32::NAN))
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Self::Value, E> {
        Ok(Item::Number(text.trim().parse().unwrap_or(f32::NAN)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        VectorVisitor.visit_seq(list).map(|vector| Item::List(vector.0))
    }
}
