//! A model hub on this computer, in the layout of Hugging Face, with faults on demand.
//!
//! As there, large files are served from elsewhere, and a renamed model is found at its new name.

use std::collections::{BTreeMap, VecDeque};
use std::io;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::get;
use axum::{Json, Router};
use futures::stream;
use serde_json::{Value, json};
use sha1::Sha1;
use sha2::{Digest, Sha256};

use crate::server::Server;

/// Files that are longer are kept outside of git.
const LARGEST_IN_GIT: usize = 10_000;
const REVISION: &str = "5c38ec7c405ec4b44b94cc5a9bb96e735b38267a";
const PIECE: usize = 8_192;

/// The files of a model by their paths.
pub type Files = BTreeMap<String, Vec<u8>>;

/// What goes wrong with the next large file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HubFault {
    /// So many bytes, then the connection breaks.
    BreakOffAfter(usize),
    /// So many bytes, then nothing, ever.
    StallAfter(usize),
    /// One byte is another.
    OtherByte,
    /// So many bytes, as if they were all.
    EndAfter(usize),
    /// The whole file, although a part was asked for.
    Whole,
}

/// A running hub; dropping it stops it.
#[derive(Debug)]
pub struct Hub {
    server: Server,
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    models: BTreeMap<String, Files>,
    faults: Mutex<VecDeque<HubFault>>,
    /// The large files that were asked for, each with the range.
    asked: Mutex<Vec<(String, Option<String>)>>,
}

impl Hub {
    /// Serves models by their names, such as `BAAI/bge-small-en-v1.5`.
    ///
    /// # Errors
    /// No port, thread or runtime can be had.
    pub fn start(models: BTreeMap<String, Files>) -> io::Result<Self> {
        let shared = Arc::new(Shared { models, faults: Mutex::default(), asked: Mutex::default() });
        let router = Router::new()
            .route("/api/models/{owner}/{name}/revision/main", get(listing))
            .route("/{owner}/{name}/resolve/{revision}/{*path}", get(resolve))
            .route("/elsewhere/{owner}/{name}/{*path}", get(large_file))
            .with_state(Arc::clone(&shared));
        Ok(Self { server: Server::start(0, router)?, shared })
    }

    /// Its address, as for HF_ENDPOINT.
    #[must_use]
    pub fn address(&self) -> String {
        format!("http://{}", self.server.address)
    }

    /// Lets the next large file have this fault.
    pub fn inject(&self, fault: HubFault) {
        self.shared.faults.lock().unwrap_or_else(PoisonError::into_inner).push_back(fault);
    }

    /// The large files that were asked for so far, each with the range, in the order of the requests.
    #[must_use]
    pub fn asked(&self) -> Vec<(String, Option<String>)> {
        self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Shared {
    fn file(&self, owner: &str, name: &str, path: &str) -> Option<&Vec<u8>> {
        self.models.get(&format!("{owner}/{name}"))?.get(path)
    }
}

async fn listing(State(shared): State<Arc<Shared>>, Path((owner, name)): Path<(String, String)>) -> Response {
    let name = format!("{owner}/{name}");
    let Some(files) = shared.models.get(&name) else {
        // The hub does not tell whether there is none or it is private.
        return (StatusCode::UNAUTHORIZED, Json(json!({"error": "Invalid username or password."})))
            .into_response();
    };
    let siblings: Vec<Value> = files.iter().map(|(path, bytes)| sibling(path, bytes)).collect();
    Json(json!({"id": name, "sha": REVISION, "siblings": siblings})).into_response()
}

fn sibling(path: &str, bytes: &[u8]) -> Value {
    let blob =
        hexadecimal(&Sha1::new_with_prefix(format!("blob {}\0", bytes.len())).chain_update(bytes).finalize());
    let mut sibling = json!({"rfilename": path, "size": bytes.len(), "blobId": blob});
    if bytes.len() > LARGEST_IN_GIT {
        let digest = hexadecimal(&Sha256::digest(bytes));
        sibling["lfs"] = json!({"sha256": digest, "size": bytes.len(), "pointerSize": 134});
    }
    sibling
}

async fn resolve(
    State(shared): State<Arc<Shared>>,
    Path((owner, name, revision, path)): Path<(String, String, String, String)>,
) -> Response {
    match shared.file(&owner, &name, &path) {
        Some(bytes) if revision == REVISION && bytes.len() <= LARGEST_IN_GIT => bytes.clone().into_response(),
        Some(_) if revision == REVISION => {
            Redirect::temporary(&format!("/elsewhere/{owner}/{name}/{path}")).into_response()
        }
        _ => (StatusCode::NOT_FOUND, "Entry not found").into_response(),
    }
}

async fn large_file(
    State(shared): State<Arc<Shared>>,
    Path((owner, name, path)): Path<(String, String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(bytes) = shared.file(&owner, &name, &path) else { return StatusCode::NOT_FOUND.into_response() };
    let range = headers.get(header::RANGE).and_then(|range| range.to_str().ok());
    shared.asked.lock().unwrap_or_else(PoisonError::into_inner).push((path, range.map(str::to_owned)));
    let fault = shared.faults.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
    let from = range.and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    let from = from.filter(|_| fault != Some(HubFault::Whole));
    let mut rest = bytes[from.unwrap_or_default()..].to_vec();
    let mut end: Option<End> = None;
    match fault {
        Some(HubFault::OtherByte) => rest.iter_mut().rev().take(1).for_each(|byte| *byte ^= 1),
        Some(HubFault::EndAfter(bytes)) => rest.truncate(bytes),
        Some(HubFault::BreakOffAfter(bytes)) => {
            rest.truncate(bytes);
            end = Some(End::Break);
        }
        Some(HubFault::StallAfter(bytes)) => {
            rest.truncate(bytes);
            end = Some(End::Stall);
        }
        Some(HubFault::Whole) | None => {}
    }
    let status = if from.is_some() { StatusCode::PARTIAL_CONTENT } else { StatusCode::OK };
    (status, body(&rest, end)).into_response()
}

#[derive(Debug, Clone, Copy)]
enum End {
    Break,
    Stall,
}

fn body(bytes: &[u8], end: Option<End>) -> Body {
    let pieces: VecDeque<Bytes> = bytes.chunks(PIECE).map(Bytes::copy_from_slice).collect();
    Body::from_stream(stream::unfold((pieces, end), |(mut pieces, end)| async move {
        if let Some(piece) = pieces.pop_front() {
            return Some((Ok(piece), (pieces, end)));
        }
        match end? {
            End::Break => {
                // Else what was sent is lost with the connection.
                tokio::time::sleep(Duration::from_millis(100)).await;
                Some((Err(io::Error::other("the fault that was asked for")), (pieces, None)))
            }
            End::Stall => std::future::pending().await,
        }
    }))
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
