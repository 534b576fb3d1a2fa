//! Calls that no program would make on purpose, to what other programs may call: each gets an answer of the right form,
//! and so does the next one. FOOTNOTE_FUZZ_SECONDS says how long each test goes on.

use std::io::{BufRead as _, BufReader, Write as _};
use std::iter::from_fn;
use std::process::Stdio;
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::{Duration, Instant};

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;
use reqwest::{Method, StatusCode};
use serde_json::{Value, json};

use crate::footnote::Footnote;
use crate::mcp::with_documents;
use crate::serve::Server;

/// Nothing here takes longer; what does hangs.
const PATIENCE: Duration = Duration::from_secs(30);

/// Values of JSON, with those that mean something to Footnote among them.
fn value() -> impl Strategy<Value = Value> {
    const WORDS: [&str; 9] = [
        "footnote",
        "user",
        "@light.md",
        "folder:",
        "type:pdf",
        "before:2024-13",
        "page 1",
        "\u{0}",
        "\u{202e}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        ".{0,60}".prop_map(Value::from),
        select(WORDS.as_slice()).prop_map(Value::from),
        (0_usize..20_000).prop_map(|length| Value::from("light ".repeat(length))),
    ];
    leaf.prop_recursive(4, 32, 6, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::from),
            vec((".{0,12}", inner), 0..6).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// One of these calls with a member replaced, taken out or added, or with its bytes cut or changed.
fn call(calls: Vec<Value>) -> impl Strategy<Value = Vec<u8>> {
    let changes = vec((any::<Index>(), proptest::option::weighted(0.8, value())), 0..3);
    let bytes = vec((any::<Index>(), any::<u8>()), 0..3);
    let cut = proptest::option::weighted(0.1, any::<Index>());
    (select(calls), changes, proptest::option::weighted(0.2, bytes), cut).prop_map(
        |(mut call, changes, bytes, cut)| {
            for (place, value) in changes {
                let mut places = Vec::new();
                places_of(&call, String::new(), &mut places);
                change(&mut call, &places[place.index(places.len())], value);
            }
            let mut text = call.to_string().into_bytes();
            for (place, byte) in bytes.into_iter().flatten() {
                let place = place.index(text.len());
                text[place] = byte;
            }
            text.truncate(cut.map_or(text.len(), |cut| cut.index(text.len())));
            text
        },
    )
}

/// JSON pointers to all members.
fn places_of(value: &Value, place: String, places: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                let name = name.replace('~', "~0").replace('/', "~1");
                places_of(member, format!("{place}/{name}"), places);
            }
        }
        Value::Array(members) => {
            for (index, member) in members.iter().enumerate() {
                places_of(member, format!("{place}/{index}"), places);
            }
        }
        _ => {}
    }
    places.push(place);
}

fn change(call: &mut Value, place: &str, value: Option<Value>) {
    let (parent, name) = place.rsplit_once('/').unwrap_or_default();
    match (value, call.pointer_mut(parent)) {
        (Some(value), _) => drop(call.pointer_mut(place).map(|member| *member = value)),
        (None, Some(Value::Object(members))) => drop(members.remove(name)),
        (None, Some(Value::Array(members))) if !members.is_empty() => drop(members.pop()),
        (None, _) => *call = Value::Null,
    }
}

/// Calls until the time is up: the same ones at each run, where it is not said how long.
fn calls(of: Vec<Value>) -> impl Iterator<Item = Vec<u8>> {
    let seconds = std::env::var("FOOTNOTE_FUZZ_SECONDS").ok().map(|seconds| seconds.parse().unwrap());
    let mut runner = if seconds.is_some() { TestRunner::default() } else { TestRunner::deterministic() };
    let end = Instant::now() + Duration::from_secs(seconds.unwrap_or(2));
    let strategy = call(of);
    from_fn(move || (Instant::now() < end).then(|| strategy.new_tree(&mut runner).unwrap().current()))
}

#[tokio::test]
async fn calls_over_http_that_make_no_sense_are_answered_in_the_form_of_the_api() {
    let server = Server::start(&with_documents(Footnote::new()));
    let question = json!([
        { "role": "system", "content": "Be brief." },
        { "role": "user", "content": [{ "type": "text", "text": "When was the harbour light first lit?" }] },
        { "role": "assistant", "content": "In 1871. [1]" },
        { "role": "user", "content": "What did it burn?" },
    ]);
    let place =
        json!({ "document": "light.md", "folder": "documents", "types": ["md"], "before": "2030-01-01" });
    let chat = |stream: bool| json!({ "model": "footnote", "messages": question, "stream": stream, "n": 1, "footnote": place });
    let search = json!({ "query": "light", "limit": 3, "types": ["md"], "after": "2020" });
    let mut sent = 0;
    for body in calls(vec![chat(false), chat(true), search]) {
        let shown = String::from_utf8_lossy(&body).into_owned();
        for path in ["/chat/completions", "/search"] {
            let call = server.call(Method::POST, path).header("content-type", "application/json");
            let answered = call.body(body.clone()).timeout(PATIENCE).send().await;
            let answered = answered.unwrap_or_else(|error| panic!("{path} {error:?}: {shown}"));
            let status = answered.status();
            let text = answered.text().await.unwrap_or_else(|error| panic!("{path} {error:?}: {shown}"));
            assert!(status < StatusCode::INTERNAL_SERVER_ERROR, "{path} {status} {text}: {shown}");
            assert!(is_well_formed(status, &text), "{path} {status} {text}: {shown}");
            sent += 1;
        }
    }
    assert!(sent > 0);
    let still = server.ask("When was the harbour light first lit?", false).send().await.unwrap();
    assert_eq!(still.status(), StatusCode::OK);
    println!("{sent} calls");
}

fn is_well_formed(status: StatusCode, text: &str) -> bool {
    if let Some(events) = text.strip_prefix("data: ") {
        let events: Vec<&str> = events.split("\n\ndata: ").map(str::trim_end).collect();
        let (last, chunks) = events.split_last().unwrap();
        return *last == "[DONE]" && chunks.iter().all(|chunk| serde_json::from_str::<Value>(chunk).is_ok());
    }
    let Ok(value) = serde_json::from_str::<Value>(text) else { return false };
    if status == StatusCode::OK {
        return value["choices"][0]["message"]["content"].is_string() || value["passages"].is_array();
    }
    value["error"]["message"].is_string()
}

/// What `footnote mcp` writes, line by line.
fn lines(output: impl std::io::Read + Send + 'static) -> Receiver<String> {
    let (send, receive) = channel();
    thread::spawn(move || {
        BufReader::new(output).lines().map_while(Result::ok).try_for_each(|line| send.send(line))
    });
    receive
}

#[test]
fn messages_over_mcp_that_make_no_sense_leave_the_next_one_its_result() {
    let footnote = with_documents(Footnote::new());
    let mut command = footnote.command(&["mcp"]);
    let mut process =
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut input = process.stdin.take().unwrap();
    let output = lines(process.stdout.take().unwrap());
    let request = |method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": 1, "method": method, "params": params });
    let tool =
        |name: &str, arguments: Value| request("tools/call", json!({ "name": name, "arguments": arguments }));
    let client = json!({ "name": "test", "version": "1" });
    let begin = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
    writeln!(input, "{}", request("initialize", begin.clone())).unwrap();
    output.recv_timeout(PATIENCE).unwrap();
    writeln!(input, "{}", json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).unwrap();
    let messages = vec![
        request("initialize", begin),
        request("resources/list", json!({ "cursor": "0" })),
        request("resources/read", json!({ "uri": "footnote:///light.md?page=1" })),
        tool(
            "search_documents",
            json!({ "query": "light", "limit": 3, "document": "light.md", "types": ["md"] }),
        ),
        tool("read_page", json!({ "document": "light.md", "page": 1 })),
        tool("list_documents", json!({ "containing": "light", "start": 1 })),
        tool("ask", json!({ "question": "When was the harbour light first lit?", "before": "2030-01-01" })),
        json!({ "jsonrpc": "2.0", "method": "notifications/cancelled", "params": { "requestId": 1 } }),
    ];
    let mut sent = 0;
    for message in calls(messages) {
        let shown = String::from_utf8_lossy(&message).into_owned();
        sent += 1;
        let next = format!("next-{sent}");
        let list = json!({ "jsonrpc": "2.0", "id": next, "method": "tools/list", "params": {} });
        let written = input.write_all(&message).and_then(|()| writeln!(input, "\n{list}"));
        assert!(written.is_ok(), "the server has ended: {shown}");
        loop {
            let line = output.recv_timeout(PATIENCE).unwrap_or_else(|error| panic!("{error}: {shown}"));
            let said: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}: {shown}"));
            assert_eq!(said["jsonrpc"], "2.0", "{line}: {shown}");
            if said["id"] == next.as_str() {
                assert!(said["result"]["tools"].is_array(), "{line}: {shown}");
                break;
            }
        }
    }
    drop(input);
    assert_eq!(process.wait().unwrap().code(), Some(0));
    println!("{sent} messages");
}
