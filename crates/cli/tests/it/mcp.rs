//! The library as an MCP server, as hosts speak with it.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use testkit::loopback::{Fault, Loopback, Options};
use testkit::peers;

use crate::footnote::{Footnote, KEY, error_of};

const PATIENCE: Duration = Duration::from_secs(30);

pub fn with_documents(footnote: Footnote) -> Footnote {
    footnote.write(
        "light.md",
        "# Light\n\nThe harbour light was first lit in October 1871. It burned colza oil.\n",
    );
    footnote.write("tides.md", "# Tides\n\nThe tide gauge at the quay is read at noon.\n");
    footnote.write("costs.md", "# Costs\n\nThe new gauge cost 1,577 euros in 2018.\n");
    footnote.add(&footnote.documents());
    footnote
}

/// A host that speaks with the server line by line.
struct Host {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
}

impl Host {
    fn start(footnote: &Footnote) -> Self {
        let mut command = footnote.command(&["mcp"]);
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let (input, output) = (process.stdin.take().unwrap(), process.stdout.take().unwrap());
        let mut host = Self { process, input, output: BufReader::new(output) };
        let client = json!({ "name": "test", "version": "1" });
        let begin = json!({ "protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": client });
        host.send(1, "initialize", &begin);
        assert_eq!(host.receive()["result"]["serverInfo"]["name"], "footnote");
        host.notify("notifications/initialized", &json!({}));
        host
    }

    fn send(&mut self, id: u32, method: &str, params: &Value) {
        let request = json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
        writeln!(self.input, "{request}").unwrap();
    }

    fn notify(&mut self, method: &str, params: &Value) {
        let notification = json!({ "jsonrpc": "2.0", "method": method, "params": params });
        writeln!(self.input, "{notification}").unwrap();
    }

    /// The next message. Anything else on the output is no JSON.
    fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|_| panic!("no message: {line:?}"))
    }

    fn response(&mut self, id: u32) -> Value {
        loop {
            let message = self.receive();
            if message["id"] == id {
                return message;
            }
        }
    }

    /// Closes its side, and waits for the end of the other.
    fn close(mut self) -> Option<i32> {
        drop(self.input);
        let patience = Instant::now() + PATIENCE;
        while Instant::now() < patience {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status.code();
            }
            sleep(Duration::from_millis(10));
        }
        self.process.kill().unwrap();
        None
    }
}

#[test]
fn the_official_python_client_finds_all_that_it_needs() {
    let Some(python) = peers::find("venv/bin/python") else { return };
    let footnote = with_documents(Footnote::new());
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/clients/mcp_client.py");
    let mut client = Command::new(python);
    client.arg(script).args(["stdio", env!("CARGO_BIN_EXE_footnote")]);
    // What the client starts gets its own environment.
    client.envs(footnote.command(&[]).get_envs().filter_map(|(name, value)| Some((name, value?))));
    let output = client.output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    let kept = footnote.json(&["conversations", "list", "--json"]);
    assert_eq!(kept, json!([]), "what another program asks is no conversation of the person");
}

#[test]
fn an_answer_that_hangs_is_cancelled_and_holds_nothing_up() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_documents(Footnote::with_endpoint(&loopback));
    let asked_before = loopback.requests().len();
    loopback.inject(Fault::NoDone);
    loopback.inject(Fault::Hang);
    let mut host = Host::start(&footnote);
    let arguments = json!({ "question": "When was the harbour light first lit?" });
    let ask = json!({ "name": "ask", "arguments": arguments, "_meta": { "progressToken": "p" } });
    host.send(2, "tools/call", &ask);
    let mut told = host.receive();
    while told["params"]["message"] != "Found 3 passages" {
        assert_eq!(
            (&told["method"], &told["params"]["progressToken"]),
            (&json!("notifications/progress"), &json!("p"))
        );
        told = host.receive();
    }
    let patience = Instant::now() + PATIENCE;
    while loopback.requests().len() < asked_before + 2 {
        assert!(Instant::now() < patience, "the endpoint is asked");
        sleep(Duration::from_millis(5));
    }
    host.notify("notifications/cancelled", &json!({ "requestId": 2 }));
    host.send(3, "tools/call", &json!({ "name": "list_documents", "arguments": {} }));
    assert_eq!(host.response(3)["result"]["structuredContent"]["total"], 3);
    assert_eq!(host.close(), Some(0));
}

#[test]
fn a_host_that_leaves_in_the_midst_of_an_answer_ends_the_server() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_documents(Footnote::with_endpoint(&loopback));
    let asked_before = loopback.requests().len();
    loopback.inject(Fault::Hang);
    let mut host = Host::start(&footnote);
    let arguments = json!({ "question": "When was the harbour light first lit?" });
    host.send(2, "tools/call", &json!({ "name": "ask", "arguments": arguments }));
    let patience = Instant::now() + PATIENCE;
    while loopback.requests().len() == asked_before {
        assert!(Instant::now() < patience, "the endpoint is asked");
        sleep(Duration::from_millis(5));
    }
    let left = Instant::now();
    assert_eq!(host.close(), Some(0));
    assert!(left.elapsed() < Duration::from_secs(2), "it waits for nothing: {:?}", left.elapsed());
}

#[test]
fn what_is_no_call_gets_an_error_and_the_next_one_its_result() {
    let mut host = Host::start(&with_documents(Footnote::new()));
    host.send(2, "tools/call", &json!({ "name": "delete_documents", "arguments": {} }));
    assert!(host.response(2)["error"]["message"].is_string());
    host.send(3, "tools/call", &json!({ "name": "read_page", "arguments": { "page": "first" } }));
    let wrong = host.response(3);
    assert_eq!(wrong["result"]["isError"], true, "{wrong}");
    assert!(wrong["result"]["content"][0]["text"].as_str().unwrap().contains("\"first\""), "{wrong}");
    host.send(4, "tools/call", &json!({ "name": "search_documents", "arguments": { "query": " " } }));
    let empty = host.response(4);
    assert_eq!(empty["result"]["isError"], true, "{empty}");
    assert!(empty["result"]["content"][0]["text"].as_str().unwrap().contains("empty"), "{empty}");
    host.send(5, "tools/call", &json!({ "name": "search_documents", "arguments": { "query": "gauge" } }));
    assert_eq!(host.response(5)["result"]["isError"], false);
    assert_eq!(host.close(), Some(0));
}

#[test]
fn the_settings_of_a_host_get_the_server_and_keep_the_rest() {
    let footnote = Footnote::new();
    let home = footnote.documents();
    let install = |arguments: &[&str]| {
        let mut command = footnote.command(&[&["mcp", "--install", "cursor"], arguments].concat());
        command.env("HOME", &home).env("USERPROFILE", &home).stdin(Stdio::null()).output().unwrap()
    };
    let file = home.join(".cursor/mcp.json");
    let unasked = install(&[]);
    assert_eq!((unasked.status.code(), file.exists()), (Some(1), false), "nobody has said yes");
    assert!(error_of(&unasked).contains("--yes"), "{}", error_of(&unasked));

    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let before = r#"{"mcpServers":{"other":{"command":"x"}}}"#;
    std::fs::write(&file, before).unwrap();
    let output = install(&["--yes"]);
    assert!(output.status.success(), "{}", error_of(&output));
    let read = || serde_json::from_slice::<Value>(&std::fs::read(&file).unwrap()).unwrap();
    let servers = &read()["mcpServers"];
    assert_eq!(servers["other"]["command"], "x");
    assert_eq!(servers["footnote"]["command"], env!("CARGO_BIN_EXE_footnote"));
    let library = footnote.library();
    assert_eq!(servers["footnote"]["args"], json!(["mcp", "--library", library]));
    assert_eq!(std::fs::read_to_string(home.join(".cursor/mcp.json.before-footnote")).unwrap(), before);
    assert!(!library.exists(), "no library was begun");

    assert!(error_of(&install(&[])).contains("already"), "there is nothing to ask about");
    std::fs::write(&file, "{ // mine\n}").unwrap();
    let refused = install(&["--yes"]);
    assert_eq!(refused.status.code(), Some(1));
    assert!(error_of(&refused).contains("by hand"), "{}", error_of(&refused));
}
