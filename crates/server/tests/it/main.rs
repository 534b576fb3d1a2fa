//! The commands as a browser calls them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use reqwest::{Client, Response, StatusCode};
use serde_json::{Value, json};

struct Host {
    process: Child,
    address: String,
    client: Client,
}

impl Host {
    fn start(library: &Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_development-host"))
            .args(["--port", "0", "--library"])
            .arg(library)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut address = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut address).unwrap();
        Self { process, address: address.trim().to_owned(), client: Client::new() }
    }

    async fn call(&self, command: &str, arguments: Value) -> Response {
        let call = self.client.post(format!("{}/api/{command}", self.address));
        let body = serde_json::to_vec(&arguments).unwrap();
        call.header("content-type", "application/json").body(body).send().await.unwrap()
    }

    async fn reply(&self, command: &str, arguments: Value) -> Value {
        serde_json::from_slice(&self.call(command, arguments).await.bytes().await.unwrap()).unwrap()
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

#[tokio::test]
async fn a_document_is_taken_in_and_its_bytes_and_the_place_of_a_quote_are_given() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("log.pdf");
    let pdf = testkit::documents::pdf(&[&["The lamp was lit in 1871.", "It is 14 m high."]]);
    std::fs::write(&file, &pdf).unwrap();
    std::fs::write(directory.path().join("private.pdf"), &pdf).unwrap();
    let host = Host::start(&directory.path().join("library"));

    let events = host.call("add", json!({"request": {"paths": [file]}})).await.text().await.unwrap();
    let last: Value = serde_json::from_str(events.lines().last().unwrap()).unwrap();
    assert_eq!(last["summary"]["added"], 1, "{last}");

    let documents = host.reply("documents", json!({})).await;
    let id = &documents[0]["id"];
    let bytes = host.call("document_bytes", json!({"documentId": id})).await.bytes().await.unwrap();
    assert_eq!(bytes, pdf);

    let request = json!({"document_id": id, "page": 1, "quote": "lit in 1871"});
    let page = host.reply("page", json!({"request": request})).await;
    assert_eq!(page["form"], "printed");
    assert_eq!(page["mark"], json!({"start": 13, "end": 24}));
    let left = page["boxes"][0]["left"].as_f64().unwrap();
    assert!(left > 72.0 && left < 200.0, "{page}");
}

#[tokio::test]
async fn nothing_but_documents_of_the_library_can_be_read() {
    let directory = tempfile::tempdir().unwrap();
    let host = Host::start(&directory.path().join("library"));
    for arguments in [json!({"documentId": 1}), json!({"documentId": -1})] {
        let refused = host.call("document_bytes", arguments).await;
        assert_eq!(refused.status(), StatusCode::UNPROCESSABLE_ENTITY);
        assert!(refused.text().await.unwrap().contains("\"gone\""));
    }
    let by_path = host.call("document_bytes", json!({"documentId": "/etc/hostname"})).await;
    assert!(by_path.status().is_client_error());
}

#[tokio::test]
async fn a_page_of_another_origin_cannot_call() {
    let directory = tempfile::tempdir().unwrap();
    let host = Host::start(&directory.path().join("library"));
    let call = host.client.post(format!("{}/api/add_sample", host.address));
    assert!(call.body("{}").send().await.unwrap().status().is_client_error());
    let options = host.client.request(reqwest::Method::OPTIONS, format!("{}/api/add", host.address));
    assert!(options.send().await.unwrap().headers().get("access-control-allow-origin").is_none());
}
