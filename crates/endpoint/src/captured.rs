//! What real servers sent, byte for byte, read as the endpoint reads it.
//!
//! The captures are no part of this project. They are read from the folder that `FOOTNOTE_CAPTURES` names, which then
//! has to hold some, or from `shared/captures` beside the checkout where there are any, as `SERVER/CASE.http` with status line, headers and body, and
//! `SERVER/CASE.wire.http` with the framing of the transfer too.

mod wire;

use std::fs;
use std::path::{Path, PathBuf};

use bytes::Bytes;
use futures::executor::block_on;
use futures::stream::{self, StreamExt};
use reqwest::header::HeaderMap;
use serde_json::Value;
use url::Url;

use crate::event_stream::{Chunk, events};
use crate::exchange::Exchange;
use crate::ledger::Entry;
use crate::{Call, ChatChunk, ChatResponse, Completion, Error, ErrorKind, Operation};

/// Bodies up to this size are split at every single place, the others one byte at a time only.
const EVERY_SINGLE_SPLIT: usize = 3_000;

/// Of large bodies only the beginning was kept.
const CUT_AT: usize = 4096;

struct Capture {
    name: String,
    status: u16,
    body: Vec<u8>,
}

fn folder() -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/captures");
    std::env::var_os("FOOTNOTE_CAPTURES").map_or(beside, PathBuf::from)
}

/// A folder that was named and holds none is a mistake.
fn say_if_none(what: &str, found: usize) {
    let said = format!("no {what} of real servers in {}; set FOOTNOTE_CAPTURES", folder().display());
    assert!(found > 0 || std::env::var_os("FOOTNOTE_CAPTURES").is_none(), "{said}");
    if found == 0 {
        eprintln!("skipped: {said}");
    }
}

fn servers() -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder()).into_iter().flatten().flatten()
}

fn captures() -> Vec<Capture> {
    let mut captures = Vec::new();
    for server in servers() {
        for file in fs::read_dir(server.path()).into_iter().flatten().flatten() {
            captures.extend(capture(&file.path()));
        }
    }
    say_if_none("captures", captures.len());
    captures
}

/// A capture with the framing of its transfer removed; none for any other file.
fn capture(path: &Path) -> Option<Capture> {
    let case = path.file_name()?.to_str()?.strip_suffix(".http")?;
    if case.ends_with(".wire") {
        return None;
    }
    let bytes = fs::read(path).ok()?;
    let head_end = bytes.windows(4).position(|window| window == b"\r\n\r\n")?;
    let head = str::from_utf8(&bytes[..head_end]).ok()?;
    let status = head.split_whitespace().nth(1)?.parse().ok()?;
    if bytes.len() == CUT_AT {
        return None;
    }
    let server = path.parent()?.file_name()?.to_str()?;
    Some(Capture { name: format!("{server}/{case}"), status, body: bytes[head_end + 4..].to_vec() })
}

impl Capture {
    fn case(&self) -> &str {
        self.name.split_once('/').map_or("", |(_, case)| case)
    }

    fn operation(&self) -> Operation {
        match self.case().split('_').next() {
            Some("comp") => Operation::Completion,
            Some("emb") => Operation::Embeddings,
            Some("models" | "model") => Operation::Models,
            _ => Operation::Chat,
        }
    }

    fn exchange(&self) -> Exchange {
        let url = Url::parse("http://localhost/v1").expect("a valid URL");
        Exchange {
            call: Call::new(self.operation(), &url),
            key: None,
            status: self.status,
            entry: Entry::default(),
        }
    }

    fn is_event_stream(&self) -> bool {
        self.status == 200
            && self.body.windows(6).any(|window| window == b"data: ")
            && !self.body.starts_with(b"{")
    }
}

/// Text or thinking of each answer, and how the stream ended.
type Reading = (String, Option<ErrorKind>);

fn read<T: Chunk>(capture: &Capture, places: &[usize], text: fn(T) -> String) -> Reading {
    let body = Bytes::copy_from_slice(&capture.body);
    let places: Vec<_> = [0].iter().chain(places).chain([&body.len()]).copied().collect();
    let pieces: Vec<_> = places.windows(2).map(|pair| Ok(body.slice(pair[0]..pair[1]))).collect();
    let chunks: Vec<Result<T, Error>> = block_on(events(stream::iter(pieces), capture.exchange()).collect());
    let mut all = String::new();
    for chunk in chunks {
        match chunk {
            Ok(chunk) => all += &text(chunk),
            Err(error) => return (all, Some(error.kind())),
        }
    }
    (all, None)
}

fn chat_text(chunk: ChatChunk) -> String {
    let text =
        |delta: crate::ReplyMessage| delta.reasoning.unwrap_or_default() + &delta.content.unwrap_or_default();
    chunk.choices.into_iter().map(|choice| text(choice.delta)).collect()
}

fn completion_text(completion: Completion) -> String {
    completion.choices.into_iter().map(|choice| choice.text).collect()
}

/// The same without any parser of streams: these servers write each event on one line. None where a line is no
/// JSON for a strict reader.
fn read_by_lines(body: &[u8]) -> Option<(String, bool)> {
    let (mut all, mut whole) = (String::new(), false);
    for line in String::from_utf8_lossy(body).lines() {
        let Some(data) = line.strip_prefix("data: ") else { continue };
        if data == "[DONE]" {
            whole = true;
            continue;
        }
        let event: Value = serde_json::from_str(data).ok()?;
        if event.get("error").is_some_and(|error| !error.is_null()) {
            return Some((all, false));
        }
        for choice in event["choices"].as_array().into_iter().flatten() {
            let delta = &choice["delta"];
            let fields =
                [&delta["reasoning_content"], &delta["reasoning"], &delta["content"], &choice["text"]];
            all.extend(fields.into_iter().filter_map(Value::as_str));
            whole |= choice["finish_reason"].as_str().is_some_and(|reason| !reason.is_empty());
        }
    }
    Some((all, whole))
}

#[test]
fn streams_mean_the_same_wherever_they_are_split() {
    for capture in captures().iter().filter(|capture| capture.is_event_stream()) {
        let read = |places: &[usize]| match capture.operation() {
            Operation::Completion => read(capture, places, completion_text),
            _ => read(capture, places, chat_text),
        };
        let unsplit = read(&[]);
        if let Some((text, whole)) = read_by_lines(&capture.body) {
            assert_eq!((unsplit.0.as_str(), unsplit.1.is_none()), (text.as_str(), whole), "{}", capture.name);
        }
        let every_byte: Vec<_> = (1..capture.body.len()).collect();
        assert_eq!(read(&every_byte), unsplit, "{} byte by byte", capture.name);
        if capture.body.len() <= EVERY_SINGLE_SPLIT {
            for place in every_byte {
                assert_eq!(read(&[place]), unsplit, "{} at {place}", capture.name);
            }
        }
    }
}

#[test]
fn whole_answers_are_read() {
    for capture in captures().iter().filter(|capture| capture.status == 200 && capture.body.starts_with(b"{"))
    {
        let exchange = capture.exchange();
        let read = match capture.operation() {
            Operation::Chat => exchange.parse::<ChatResponse>(&capture.body).map(drop),
            Operation::Completion => exchange.parse::<Completion>(&capture.body).map(drop),
            Operation::Embeddings => exchange.parse::<crate::embedding::Body>(&capture.body).map(drop),
            Operation::Models | Operation::Rerank | Operation::Images => continue,
        };
        // Some cases asked for another page than the API's.
        let mark = if capture.operation() == Operation::Embeddings { "\"data\"" } else { "\"choices\"" };
        let is_the_api = String::from_utf8_lossy(&capture.body).contains(mark);
        assert_eq!(read.is_ok(), is_the_api, "{}: {read:?}", capture.name);
    }
}

#[test]
fn refusals_mean_what_their_case_says() {
    for capture in captures().iter().filter(|capture| capture.status >= 400) {
        let case = capture.case();
        let has = |word: &str| case.contains(word);
        let kind = capture.exchange().refused(&capture.body, &HeaderMap::new()).kind();
        let expected = match capture.status {
            401 => ErrorKind::Unauthorized,
            429 => ErrorKind::RateLimited { retry_after: None },
            503 => ErrorKind::Unavailable,
            400 if has("overflow") => ErrorKind::ContextTooLong,
            400 | 413 | 500
                if has("too_long") || has("300_tokens") && capture.operation() == Operation::Embeddings =>
            {
                if capture.name.starts_with("llama-cpp-python/") {
                    continue;
                }
                ErrorKind::InputTooLong
            }
            400 | 404 if has("unknown_model") => ErrorKind::UnknownModel,
            404 if has("path") || has("root") || has("slash") => ErrorKind::NotFound,
            405 => ErrorKind::NotFound,
            _ => continue,
        };
        assert_eq!(kind, expected, "{}", capture.name);
    }
}
