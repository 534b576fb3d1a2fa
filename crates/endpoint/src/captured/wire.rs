//! The same over TCP: the raw bytes of a connection, sent again by a server that knows nothing of HTTP.

use std::fs;
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::Path;
use std::thread;

use futures::StreamExt;

use super::{Reading, chat_text, completion_text, read_by_lines, say_if_none, servers};
use crate::{
    ChatMessage, ChatRequest, CompletionRequest, Endpoint, Error, ErrorKind, Ledger, Profile, Purpose, Retry,
};

struct Wire {
    name: String,
    bytes: Vec<u8>,
}

fn wires() -> Vec<Wire> {
    let files = servers().flat_map(|server| fs::read_dir(server.path()).into_iter().flatten().flatten());
    let wire = |path: &Path| {
        let case = path.file_name()?.to_str()?.strip_suffix(".wire.http")?;
        let server = path.parent()?.file_name()?.to_str()?;
        Some(Wire { name: format!("{server}/{case}"), bytes: fs::read(path).ok()? })
    };
    let wires: Vec<_> = files.filter_map(|file| wire(&file.path())).collect();
    say_if_none("raw captures", wires.len());
    wires
}

/// Answers one request with `bytes`, so many in a write, and closes the connection.
fn replay(bytes: &[u8], in_a_write: usize) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
    let address = listener.local_addr().expect("an address");
    let bytes = bytes.to_vec();
    thread::spawn(move || {
        let (mut connection, _) = listener.accept().expect("a connection");
        connection.set_nodelay(true).expect("a TCP connection");
        read_request(&mut connection);
        for piece in bytes.chunks(in_a_write) {
            if connection.write_all(piece).is_err() {
                return;
            }
        }
    });
    format!("http://{address}")
}

fn read_request(connection: &mut TcpStream) {
    let mut request = Vec::new();
    // Both kinds of request end in an object's brace, and nothing before the end of the body does.
    while !request.ends_with(b"}") {
        let mut piece = [0; 1024];
        match connection.read(&mut piece) {
            Ok(0) | Err(_) => return,
            Ok(read) => request.extend_from_slice(&piece[..read]),
        }
    }
}

impl Wire {
    async fn read(&self, bytes: &[u8], in_a_write: usize) -> Reading {
        let profile = Profile {
            retry: Retry { times: 0, ..Retry::default() },
            ..Profile::new(replay(bytes, in_a_write))
        };
        let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
        if self.name.contains("/comp_") {
            let request = CompletionRequest { prompt: "When?".to_owned(), ..CompletionRequest::default() };
            collect(endpoint.complete_stream(&request).await, completion_text).await
        } else {
            let messages = vec![ChatMessage::user("When?")];
            let request = ChatRequest { messages, ..ChatRequest::default() };
            collect(endpoint.chat_stream(&request).await, chat_text).await
        }
    }

    fn body_start(&self) -> usize {
        let blank = self.bytes.windows(4).position(|window| window == b"\r\n\r\n");
        blank.map_or(self.bytes.len(), |place| place + 4)
    }

    /// The body of a success with events, without framing.
    fn events(&self) -> Option<Vec<u8>> {
        let (head, body) = self.bytes.split_at(self.body_start());
        let head = String::from_utf8_lossy(head).to_lowercase();
        let is_chunked = head.contains("transfer-encoding: chunked");
        let body = if is_chunked { without_framing(body) } else { body.to_vec() };
        let has_events = body.windows(6).any(|window| window == b"data: ");
        (head.starts_with("http/1.1 200") && has_events).then_some(body)
    }
}

async fn collect<T>(
    stream: Result<impl StreamExt<Item = Result<T, Error>> + Unpin, Error>,
    text: fn(T) -> String,
) -> Reading {
    let mut stream = match stream {
        Ok(stream) => stream,
        Err(error) => return (String::new(), Some(error.kind())),
    };
    let mut all = String::new();
    while let Some(chunk) = stream.next().await {
        match chunk {
            Ok(chunk) => all += &text(chunk),
            Err(error) => return (all, Some(error.kind())),
        }
    }
    (all, None)
}

/// The chunks of a chunked body, as far as they are whole.
fn without_framing(mut body: &[u8]) -> Vec<u8> {
    let mut all = Vec::new();
    while let Some(line) = body.windows(2).position(|window| window == b"\r\n") {
        let size = str::from_utf8(&body[..line]).ok().and_then(|size| usize::from_str_radix(size, 16).ok());
        let Some(chunk) = size.and_then(|size| body[line + 2..].get(..size)) else { break };
        all.extend_from_slice(chunk);
        body = body[line + 2 + chunk.len()..].strip_prefix(b"\r\n").unwrap_or_default();
    }
    all
}

#[tokio::test]
async fn connections_mean_the_same_however_their_bytes_arrive() {
    for wire in wires() {
        let reading = wire.read(&wire.bytes, usize::MAX).await;
        let events = wire.events();
        match events.as_deref().map(read_by_lines) {
            Some(Some((text, whole))) => {
                assert_eq!((&reading.0, reading.1.is_none()), (&text, whole), "{}", wire.name);
            }
            // Half characters in JSON: what they mean is not for a strict reader to say.
            Some(None) => {}
            None => assert!(reading.1.is_some(), "{} says nothing, and no error tells it", wire.name),
        }
        for in_a_write in [1, 7] {
            assert_eq!(wire.read(&wire.bytes, in_a_write).await, reading, "{} by {in_a_write}", wire.name);
        }
    }
}

#[tokio::test]
async fn a_connection_cut_off_keeps_what_was_received() {
    for wire in wires() {
        let Some((text, true)) = wire.events().and_then(|body| read_by_lines(&body)) else { continue };
        let cut = wire.body_start() + (wire.bytes.len() - wire.body_start()) / 2;
        let (kept, error) = wire.read(&wire.bytes[..cut], usize::MAX).await;
        assert!(text.starts_with(&kept), "{}: {kept:?} of {text:?}", wire.name);
        // The second half may hold nothing but the usage.
        assert!(
            error == Some(ErrorKind::BrokenOff) || error.is_none() && kept == text,
            "{}: {error:?}",
            wire.name
        );
    }
}
