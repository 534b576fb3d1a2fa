//! What left this computer: every request is noted before it is sent, and read again here.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::{self, JoinHandle};

use endpoint::{Amount, Ended, Note, Sent};
use library::{EndedRequest, NewRequest, RequestId, RequestSum, SentRequest};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tokio::sync::mpsc::UnboundedReceiver;

use crate::Engine;
use crate::api::{ApiError, Ledger, LedgerRequest, LedgerSum, ModelInfo, Prices};
use crate::off_thread::off_thread;

/// Keeps the ledger of a library on a thread of its own, until it is dropped.
pub(crate) struct Keeper {
    /// Where requests are noted.
    pub(crate) notes: endpoint::Ledger,
    kept: Arc<Kept>,
    thread: Option<JoinHandle<()>>,
}

struct Kept {
    ledger: library::Ledger,
    /// The model whose price a person has set.
    priced: Mutex<Option<ModelInfo>>,
    /// Requests that could not be noted.
    unnoted: AtomicU32,
}

impl Keeper {
    pub(crate) fn start(directory: &Path) -> Self {
        let (notes, incoming) = endpoint::Ledger::new();
        let ledger = library::Ledger::new(directory);
        let kept = Arc::new(Kept { ledger, priced: Mutex::default(), unnoted: AtomicU32::new(0) });
        let keeping = Arc::clone(&kept);
        Self { notes, kept, thread: Some(thread::spawn(move || keeping.keep(incoming))) }
    }

    /// What requests to this model cost where the endpoint does not tell.
    pub(crate) fn price(&self, model: Option<&ModelInfo>) {
        *self.kept.priced.lock().unwrap_or_else(PoisonError::into_inner) = model.cloned();
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        self.notes.close();
        if let Some(thread) = self.thread.take() {
            // One that panicked has noted what it could.
            let _ = thread.join();
        }
    }
}

impl Kept {
    fn keep(&self, mut notes: UnboundedReceiver<Note>) {
        while let Some(note) = notes.blocking_recv() {
            match note {
                Note::Begins(sent, number) => {
                    match self.ledger.begin(&new_request(&sent, &code(&sent.purpose))) {
                        // Nobody waits for it where the request was given up meanwhile.
                        Ok(RequestId(id)) => drop(number.send(id)),
                        Err(error) => {
                            self.unnoted.fetch_add(1, Relaxed);
                            tracing::warn!(%error, "a request could not be noted in the ledger");
                        }
                    }
                }
                Note::Ended(number, sent, ended) => self.end(RequestId(number), &sent, &ended),
                Note::Closed => return,
            }
        }
    }

    fn end(&self, id: RequestId, sent: &Sent, Ended { outcome, usage }: &Ended) {
        let tokens =
            usage.map(|usage| (usage.total_tokens - usage.completion_tokens, usage.completion_tokens));
        let told = usage.and_then(|usage| usage.estimated_cost);
        let cost = told.or_else(|| Some(self.prices(sent)?.cost(tokens?.0, tokens?.1)));
        let ended = EndedRequest { outcome: &code(outcome), tokens, cost };
        if let Err(error) = self.ledger.end(id, &ended) {
            tracing::warn!(%error, "the end of a request could not be noted in the ledger");
        }
    }

    fn prices(&self, sent: &Sent) -> Option<Prices> {
        let priced = self.priced.lock().unwrap_or_else(PoisonError::into_inner);
        priced.as_ref().filter(|model| Some(&model.name) == sent.model.as_ref())?.prices
    }
}

fn new_request<'a>(sent: &'a Sent, purpose: &'a str) -> NewRequest<'a> {
    let Sent { host, is_local, model, amount: Amount { texts, characters, pictures }, .. } = sent;
    NewRequest {
        host,
        is_local: *is_local,
        purpose,
        model: model.as_deref(),
        texts: *texts,
        characters: *characters,
        pictures: *pictures,
    }
}

/// A code as it is stored: the bare word where it has no parameters.
fn code(code: &impl Serialize) -> String {
    match serde_json::to_value(code).unwrap_or_default() {
        Value::String(word) => word,
        coded => coded.to_string(),
    }
}

/// `None` where another version stored a code that this one does not know.
fn read_code<T: DeserializeOwned>(stored: &str) -> Option<T> {
    serde_json::from_str(stored).or_else(|_| serde_json::from_value(Value::from(stored))).ok()
}

impl Engine {
    /// What left this computer: the sums of all days that are kept, and so many of the last requests.
    ///
    /// # Errors
    /// The ledger cannot be read.
    pub async fn ledger(&self, last: u32) -> Result<Ledger, ApiError> {
        let kept = Arc::clone(&self.keeper.kept);
        off_thread(move || -> Result<_, library::Error> {
            Ok(Ledger {
                sums: kept.ledger.sums()?.into_iter().map(sum).collect(),
                requests: kept.ledger.requests(last)?.into_iter().map(request).collect(),
                unnoted: kept.unnoted.load(Relaxed),
            })
        })
        .await
    }
}

fn sum(sum: RequestSum) -> LedgerSum {
    LedgerSum {
        purpose: read_code(&sum.purpose),
        day: sum.day,
        host: sum.host,
        is_local: sum.is_local,
        requests: sum.requests,
        texts: sum.texts,
        characters: sum.characters,
        pictures: sum.pictures,
        prompt_tokens: sum.tokens.0,
        completion_tokens: sum.tokens.1,
        cost: sum.cost,
    }
}

fn request(sent: SentRequest) -> LedgerRequest {
    LedgerRequest {
        purpose: read_code(&sent.purpose),
        outcome: sent.outcome.as_deref().and_then(read_code),
        at: sent.at,
        host: sent.host,
        is_local: sent.is_local,
        model: sent.model,
        texts: sent.texts,
        characters: sent.characters,
        pictures: sent.pictures,
        prompt_tokens: sent.tokens.map(|(read, _)| read),
        completion_tokens: sent.tokens.map(|(_, written)| written),
        cost: sent.cost,
    }
}
