//! Texts in the order in which they answer a question.

use serde::{Deserialize, Serialize};

use crate::response::Response;
use crate::usage::Counted;
use crate::{Error, ErrorKind, Usage, Violation, lenient};

/// Texts to put in order. The shape is Jina's and Cohere's, which llama.cpp, vLLM and Infinity serve too;
/// text-embeddings-inference is asked in its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RerankRequest {
    /// The model's name, passed through untouched.
    pub model: String,
    /// What the texts should answer.
    pub query: String,
    /// The texts, at least one. Cohere takes at most 1,000 in one call.
    pub documents: Vec<String>,
}

/// How text-embeddings-inference takes the same; it serves one model only.
#[derive(Serialize)]
pub(crate) struct BareRequest<'a> {
    query: &'a str,
    texts: &'a [String],
    /// Else a text over the model's length is refused.
    truncate: bool,
}

impl<'a> From<&'a RerankRequest> for BareRequest<'a> {
    fn from(request: &'a RerankRequest) -> Self {
        Self { query: &request.query, texts: &request.documents, truncate: true }
    }
}

/// How well one text answers.
#[derive(Debug, Clone, Copy, PartialEq, Deserialize)]
pub struct Relevance {
    /// Which of the texts, from 0.
    #[serde(deserialize_with = "lenient::count_or_zero")]
    pub index: usize,
    /// Higher is better; the scale is the model's own.
    #[serde(rename = "relevance_score", alias = "score", deserialize_with = "lenient::number_or_nan")]
    pub score: f64,
}

/// Texts in order.
#[derive(Debug, Clone, PartialEq)]
pub struct Reranked {
    /// The best first, each text at most once, every score finite.
    pub relevances: Vec<Relevance>,
    /// The tokens of query and texts, where the endpoint says them.
    pub total_tokens: Option<u64>,
}

pub(crate) async fn read(response: Response, texts: usize) -> Result<Reranked, Error> {
    let exchange = response.exchange().clone();
    let (mut relevances, usage) = match response.json().await? {
        Body::Object { results, usage } => (results, usage),
        Body::Bare(results) => (results, None),
    };
    let mut seen = vec![false; texts];
    for relevance in &relevances {
        let is_new = seen.get_mut(relevance.index).is_some_and(|seen| !std::mem::replace(seen, true));
        if !is_new {
            return Err(exchange.error(ErrorKind::Protocol(Violation::UnexpectedShape)));
        }
        if !relevance.score.is_finite() {
            return Err(exchange.error(ErrorKind::Protocol(Violation::NotFinite)));
        }
    }
    if relevances.is_empty() {
        return Err(exchange.error(ErrorKind::EmptyAnswer));
    }
    relevances.sort_by(|a, b| b.score.total_cmp(&a.score));
    Ok(Reranked { relevances, total_tokens: usage.map(|usage| usage.total_tokens) })
}

/// An object with a list, or text-embeddings-inference's bare list.
#[derive(Deserialize)]
#[serde(untagged)]
enum Body {
    Object {
        #[serde(alias = "data")]
        results: Vec<Relevance>,
        #[serde(default, deserialize_with = "Usage::read")]
        usage: Option<Usage>,
    },
    Bare(Vec<Relevance>),
}

impl Counted for Body {
    fn usage(&self) -> Option<Usage> {
        match self {
            Self::Object { usage, .. } => *usage,
            Self::Bare(_) => None,
        }
    }
}
