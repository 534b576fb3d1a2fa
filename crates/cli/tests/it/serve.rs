//! The API for other programs on this computer.

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use reqwest::{Client, Method, RequestBuilder, StatusCode};
use serde_json::{Value, json};
use testkit::loopback::{Fault, Loopback, Options};
use testkit::peers;

use crate::footnote::{Footnote, KEY};
use crate::mcp::with_documents;

pub struct Server {
    process: Child,
    /// Of the API.
    base_url: String,
    mcp: String,
    token: String,
    client: Client,
}

impl Server {
    pub fn start(footnote: &Footnote) -> Self {
        let mut command = footnote.command(&["serve", "--port", "0", "--json"]);
        let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let said: Value = serde_json::from_str(&line).unwrap();
        let field = |name: &str| said[name].as_str().unwrap().to_owned();
        let (base_url, mcp, token) = (field("base_url"), field("mcp"), field("token"));
        Self { process, base_url, mcp, token, client: Client::new() }
    }

    pub fn call(&self, method: Method, path: &str) -> RequestBuilder {
        self.client.request(method, format!("{}{path}", self.base_url)).bearer_auth(&self.token)
    }

    pub fn ask(&self, question: &str, stream: bool) -> RequestBuilder {
        let messages = json!([{ "role": "user", "content": question }]);
        let chat = json!({ "model": "footnote", "messages": messages, "stream": stream });
        self.call(Method::POST, "/chat/completions").json(&chat)
    }

    /// The result of a tool over MCP.
    async fn mcp_result(&self, tool: &str, arguments: &Value) -> Value {
        let send = async |session: &str, message: Value| {
            let call = self.client.post(&self.mcp).bearer_auth(&self.token).json(&message);
            let call = call.header("accept", "application/json, text/event-stream");
            let call = if session.is_empty() { call } else { call.header("mcp-session-id", session) };
            call.send().await.unwrap()
        };
        let client = json!({ "name": "test", "version": "1" });
        let begin = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
        let begin = json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": begin });
        let begun = send("", begin).await;
        let session = begun.headers()["mcp-session-id"].to_str().unwrap().to_owned();
        send(&session, json!({ "jsonrpc": "2.0", "method": "notifications/initialized" })).await;
        let params = json!({ "name": tool, "arguments": arguments });
        let call = json!({ "jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": params });
        let events = send(&session, call).await.text().await.unwrap();
        let mut messages = events.lines().filter_map(|line| line.strip_prefix("data:"));
        let result = messages.find_map(|message| serde_json::from_str::<Value>(message).ok());
        result.unwrap_or_else(|| panic!("no message: {events}"))["result"].clone()
    }

    fn passes(&self, script: &str, arguments: &[&str]) {
        let Some(python) = peers::find("venv/bin/python") else { return };
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients").join(script);
        let output = Command::new(python).arg(script).args(arguments).output().unwrap();
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[test]
fn the_official_openai_client_gets_cited_answers() {
    let footnote = with_documents(Footnote::new());
    let server = Server::start(&footnote);
    server.passes("api_client.py", &[&server.base_url, &server.token]);
    let kept = footnote.json(&["conversations", "list", "--json"]);
    assert_eq!(kept, json!([]), "what another program asks is no conversation of the person");
}

#[test]
fn the_official_mcp_client_finds_the_same_over_http() {
    let server = Server::start(&with_documents(Footnote::new()));
    server.passes("mcp_client.py", &["http", &server.mcp, &server.token]);
}

#[tokio::test]
async fn whoever_has_no_token_and_every_web_page_gets_nothing() {
    let server = Server::start(&with_documents(Footnote::new()));
    let status = async |call: RequestBuilder| call.send().await.unwrap().status();
    for address in [format!("{}/models", server.base_url), server.mcp.clone()] {
        assert_eq!(status(server.client.get(&address)).await, StatusCode::UNAUTHORIZED);
        let call = || server.client.get(&address).bearer_auth(&server.token);
        let cut = &server.token[..server.token.len() - 1];
        assert_eq!(status(server.client.get(&address).bearer_auth(cut)).await, StatusCode::UNAUTHORIZED);
        for origin in ["https://evil.example", "http://localhost:3000", "null"] {
            assert_eq!(status(call().header("origin", origin)).await, StatusCode::FORBIDDEN, "{origin}");
        }
        for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost@evil.example"] {
            assert_eq!(status(call().header("host", host)).await, StatusCode::FORBIDDEN, "{host}");
        }
    }
    for host in ["localhost", "LOCALHOST:7433", "[::1]:7433", "127.0.0.1"] {
        let call = server.call(Method::GET, "/models").header("host", host);
        assert_eq!(status(call).await, StatusCode::OK, "{host}");
    }
    let preflight =
        server.call(Method::OPTIONS, "/chat/completions").header("origin", "https://evil.example");
    let refused = preflight.header("access-control-request-method", "POST").send().await.unwrap();
    assert_eq!(refused.status(), StatusCode::FORBIDDEN);
    assert!(!refused.headers().contains_key("access-control-allow-origin"));
}

#[tokio::test]
async fn what_makes_no_sense_is_said_in_the_form_of_the_api() {
    let server = Server::start(&with_documents(Footnote::new()));
    let chat = || server.call(Method::POST, "/chat/completions");
    let too_long =
        json!({ "model": "footnote", "messages": [{ "role": "user", "content": "a".repeat(1 << 20) }] });
    for (call, status) in [
        (chat().body("{}"), StatusCode::UNSUPPORTED_MEDIA_TYPE),
        (chat().header("content-type", "application/json").body("{"), StatusCode::BAD_REQUEST),
        (chat().json(&json!({ "model": "footnote" })), StatusCode::UNPROCESSABLE_ENTITY),
        (chat().json(&too_long), StatusCode::PAYLOAD_TOO_LARGE),
        (server.call(Method::GET, "/chat/completions"), StatusCode::NOT_FOUND),
        (server.call(Method::POST, "/files"), StatusCode::NOT_FOUND),
    ] {
        let refused = call.send().await.unwrap();
        assert_eq!(refused.status(), status);
        let error: Value = serde_json::from_slice(&refused.bytes().await.unwrap()).unwrap();
        assert!(error["error"]["message"].is_string() && error["error"]["type"].is_string(), "{error}");
    }
    let description = server.client.get(server.base_url.replace("/v1", "/openapi.json"));
    let description = description.bearer_auth(&server.token).send().await.unwrap().text().await.unwrap();
    assert!(description.contains("/v1/chat/completions"));
}

#[tokio::test]
async fn a_caller_that_leaves_ends_its_question_and_makes_room() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_documents(Footnote::with_endpoint(&loopback));
    let server = Server::start(&footnote);
    for _ in 0..4 {
        loopback.inject(Fault::Hang);
    }
    let before = loopback.requests().len();
    let hanging: Vec<_> = (0..4)
        .map(|_| tokio::spawn(server.ask("When was the harbour light first lit?", true).send()))
        .collect();
    let patience = Instant::now() + Duration::from_secs(30);
    while loopback.requests().len() < before + 4 {
        assert!(Instant::now() < patience, "the endpoint is asked");
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let busy = server.ask("When was the harbour light first lit?", false).send().await.unwrap();
    assert_eq!(busy.status(), StatusCode::TOO_MANY_REQUESTS);
    let over_mcp = server.mcp_result("search_documents", &json!({ "query": "light" })).await;
    assert_eq!(over_mcp["isError"], true, "the same turns: {over_mcp}");
    hanging.into_iter().for_each(|call| call.abort());
    loop {
        let answered = server.ask("When was the harbour light first lit?", false).send().await.unwrap();
        if answered.status() == StatusCode::OK {
            break;
        }
        assert!(Instant::now() < patience, "room is made");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[tokio::test]
async fn an_endpoint_that_breaks_off_ends_the_stream_with_its_error() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_documents(Footnote::with_endpoint(&loopback));
    let server = Server::start(&footnote);
    let ask =
        async |stream| server.ask("When was the harbour light first lit?", stream).send().await.unwrap();
    loopback.inject(Fault::NoUsage);
    loopback.inject(Fault::CloseAfter(5));
    let streamed = ask(true).await.text().await.unwrap();
    let events: Vec<&str> = streamed.lines().filter_map(|line| line.strip_prefix("data: ")).collect();
    let [.., error, "[DONE]"] = events.as_slice() else { panic!("{streamed}") };
    let error: Value = serde_json::from_str(error).unwrap();
    assert_eq!(error["error"]["type"], "server_error", "{error}");
    loopback.inject(Fault::NoUsage);
    loopback.inject(Fault::CloseAfter(5));
    assert_eq!(ask(false).await.status(), StatusCode::BAD_GATEWAY);
}

#[test]
fn a_token_of_ones_own_is_not_shown() {
    let footnote = Footnote::new();
    let mut command = footnote.command(&["serve", "--port", "0"]);
    command.env("FOOTNOTE_SERVER_TOKEN", "token-of-mine-71").stderr(Stdio::piped());
    let mut process = command.spawn().unwrap();
    let mut lines = BufReader::new(process.stderr.take().unwrap()).lines().map(Result::unwrap);
    let said: Vec<String> = lines.by_ref().take_while(|line| !line.starts_with("Ctrl-C")).collect();
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(said.iter().any(|line| line.starts_with("Token: the one in")), "{said:?}");
    assert!(!said.concat().contains("token-of-mine-71"), "{said:?}");
}
