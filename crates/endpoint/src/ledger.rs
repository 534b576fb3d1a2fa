//! What is noted of each request: where it goes and how much it sends, before it is sent, and then how it ended. Never the
//! text, nor the key.

use std::mem;
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tokio::sync::{mpsc, oneshot};
use url::Url;

use crate::base_url::is_loopback;
use crate::call::authority;
use crate::{ErrorKind, Usage};

/// Where requests are noted. Clones note in the same place.
#[derive(Debug, Clone)]
pub struct Ledger(mpsc::UnboundedSender<Note>);

/// What the keeper of a ledger is told.
#[derive(Debug)]
pub enum Note {
    /// This is about to be sent, once it has got the number that it is noted under. Without one it is sent all the same.
    Begins(Sent, oneshot::Sender<i64>),
    /// What was noted under this number has ended.
    Ended(i64, Sent, Ended),
    /// Nothing more comes.
    Closed,
}

/// What a request sends, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sent {
    /// The host, with its port where that is not the scheme's own.
    pub host: String,
    /// Whether that is this computer.
    pub is_local: bool,
    /// What it is for.
    pub purpose: Purpose,
    /// The model that is asked.
    pub model: Option<String>,
    /// How much it sends.
    pub amount: Amount,
}

/// How much a request sends.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Amount {
    /// Texts: those to embed or to put in order, the messages of a conversation.
    pub texts: u64,
    /// Their characters.
    pub characters: u64,
    /// Pictures.
    pub pictures: u64,
}

/// How a request ended.
#[derive(Debug, Clone, PartialEq)]
pub struct Ended {
    /// With an answer, or without.
    pub outcome: RequestOutcome,
    /// What it took, where the endpoint says it.
    pub usage: Option<Usage>,
}

/// How a request ended. Stored, so the codes never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum RequestOutcome {
    /// With a whole answer.
    Answered,
    /// Nobody wanted the answer any more.
    Stopped,
    /// Without a usable answer.
    #[serde(untagged)]
    Failed(ErrorKind),
}

/// What a request is for. Stored, so the codes never change.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Purpose {
    /// To embed documents.
    EmbedDocuments,
    /// To embed a question.
    EmbedQuestions,
    /// To put passages in order.
    Rerank,
    /// To answer a question, or to understand it.
    Answer,
    /// To have a second opinion of an answer.
    Judge,
    /// To read a page that is a picture.
    ReadPages,
    /// To make a picture.
    MakePictures,
    /// To find out what an endpoint can do.
    TryEndpoint,
    /// To list the models on offer.
    ListModels,
    /// To find servers on this computer.
    FindServers,
    /// To fetch a model.
    FetchModel,
}

impl Ledger {
    /// An empty one, and what its keeper is told.
    #[must_use]
    pub fn new() -> (Self, mpsc::UnboundedReceiver<Note>) {
        let (sender, receiver) = mpsc::unbounded_channel();
        (Self(sender), receiver)
    }

    /// One that nobody keeps.
    #[must_use]
    pub fn unkept() -> Self {
        Self::new().0
    }

    /// Tells the keeper that nothing more comes.
    pub fn close(&self) {
        // It may have ended by itself.
        let _ = self.0.send(Note::Closed);
    }

    pub(crate) async fn begin(&self, sent: Sent) -> Entry {
        let (number_is, number) = oneshot::channel();
        if self.0.send(Note::Begins(sent.clone(), number_is)).is_err() {
            return Entry::default();
        }
        let Ok(number) = number.await else { return Entry::default() };
        let ended = Ended { outcome: RequestOutcome::Stopped, usage: None };
        Entry(Some(Arc::new(Open { ledger: self.clone(), number, sent, ended: Mutex::new(ended) })))
    }
}

impl Sent {
    pub(crate) fn new(url: &Url, purpose: Purpose, body: Option<&Map<String, Value>>) -> Self {
        Self {
            host: authority(url),
            is_local: is_loopback(url),
            purpose,
            model: body.and_then(|body| body.get("model")).and_then(Value::as_str).map(str::to_owned),
            amount: body.map(Amount::of).unwrap_or_default(),
        }
    }
}

impl Amount {
    /// Of the fields that carry text in the requests of this crate.
    fn of(body: &Map<String, Value>) -> Self {
        let mut amount = Self::default();
        for field in ["messages", "prompt", "input", "query", "documents", "texts"] {
            body.get(field).into_iter().for_each(|value| amount.add(value));
        }
        amount
    }

    fn add(&mut self, value: &Value) {
        match value {
            Value::String(text) => {
                self.texts += 1;
                self.characters += text.chars().count() as u64;
            }
            Value::Array(values) => values.iter().for_each(|value| self.add(value)),
            // A message, or a part of one.
            Value::Object(fields) => {
                self.pictures += u64::from(fields.contains_key("image_url"));
                ["content", "text"]
                    .iter()
                    .filter_map(|field| fields.get(*field))
                    .for_each(|value| self.add(value));
            }
            _ => {}
        }
    }
}

/// A request that is noted. It has ended when the last clone is dropped.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry(Option<Arc<Open>>);

#[derive(Debug)]
struct Open {
    ledger: Ledger,
    number: i64,
    sent: Sent,
    ended: Mutex<Ended>,
}

impl Entry {
    /// The answer is whole; takes back a failure.
    pub(crate) fn answered(&self) {
        self.end(|ended| ended.outcome = RequestOutcome::Answered);
    }

    pub(crate) fn failed(&self, kind: ErrorKind) {
        self.end(|ended| ended.outcome = RequestOutcome::Failed(kind));
    }

    pub(crate) fn took(&self, usage: Option<Usage>) {
        self.end(|ended| ended.usage = usage.or(ended.usage));
    }

    fn end(&self, change: impl FnOnce(&mut Ended)) {
        if let Some(open) = &self.0 {
            change(&mut open.ended.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        let ended = self.ended.get_mut().unwrap_or_else(PoisonError::into_inner);
        let ended = mem::replace(ended, Ended { outcome: RequestOutcome::Stopped, usage: None });
        let sent = self.sent.clone();
        // Where the keeper has ended, the end is not known.
        let _ = self.ledger.0.send(Note::Ended(self.number, sent, ended));
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn counts_what_carries_text_and_nothing_else() {
        let amount = |body: Value| {
            let Amount { texts, characters, pictures } = Amount::of(body.as_object().unwrap());
            (texts, characters, pictures)
        };
        assert_eq!(amount(json!({ "model": "m", "input": ["tide", "quay"], "user": "someone" })), (2, 8, 0));
        assert_eq!(amount(json!({ "query": "när", "documents": ["a", "bc"], "texts": [] })), (3, 6, 0));
        let parts = json!([{ "type": "text", "text": "read" }, { "image_url": { "url": "data:image/png;base64,AAAA" } }]);
        let messages =
            json!([{ "role": "system", "content": "rules" }, { "role": "user", "content": parts }]);
        assert_eq!(amount(json!({ "messages": messages, "stop": ["\n"] })), (2, 9, 1));
    }
}
