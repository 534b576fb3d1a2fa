//! Servers that nobody here wrote, where they are installed.

use std::fs;
use std::process::Command;

use endpoint::{
    ChatRequest, CompletionRequest, EmbeddingRequest, Endpoint, ErrorKind, Ledger, Profile, Purpose, Timeouts,
};
use testkit::peers::{self, Server};

use crate::{question, quick_profile, read};

const ANSWER: &str = "The harbour light was first lit in October 1871 [1].";
const KEY: &str = "sk-litellm-5d1";

/// With the patience that a busy machine needs.
fn endpoint_at(server: &Server) -> Endpoint {
    let profile = Profile { timeouts: Timeouts::default(), ..quick_profile(&server.base_url()) };
    Endpoint::new(profile.with_key(KEY), Ledger::unkept(), Purpose::Answer).expect("a valid profile")
}

fn asked(model: &str) -> ChatRequest {
    ChatRequest { model: model.to_owned(), ..question() }
}

async fn streamed(endpoint: &Endpoint, model: &str) -> String {
    let (text, error) = read(endpoint.chat_stream(&asked(model)).await.expect("a stream")).await;
    assert_eq!(error, None);
    text
}

/// LiteLLM's proxy, which makes up its answers.
#[tokio::test]
async fn litellm_answers_whole_streamed_and_as_a_completion() {
    let Some(litellm) = peers::find("venv/bin/litellm") else { return };
    let directory = tempfile::tempdir().expect("a folder");
    let config = directory.path().join("litellm.yaml");
    let written = format!(
        "model_list:\n  - model_name: mock-chat\n    litellm_params: {{ model: openai/mock, api_key: none, mock_response: \"{ANSWER}\" }}\n\
         general_settings: {{ master_key: {KEY} }}\n"
    );
    fs::write(&config, written).expect("a file");
    let server = Server::start(|port| {
        let mut command = Command::new(litellm);
        command.arg("--config").arg(config).args([
            "--host",
            "127.0.0.1",
            "--telemetry",
            "False",
            "--port",
            &port.to_string(),
        ]);
        // It would look for its price list on the network.
        command.env("LITELLM_LOCAL_MODEL_COST_MAP", "True");
        command
    })
    .expect("a running LiteLLM");

    let endpoint = endpoint_at(&server);
    let whole = endpoint.chat(&asked("mock-chat")).await.expect("an answer");
    assert_eq!(whole.choices[0].message.content.as_deref(), Some(ANSWER));
    assert_eq!(streamed(&endpoint, "mock-chat").await, ANSWER);
    let models = endpoint.models().await.expect("a list");
    assert_eq!(models[0].id, "mock-chat");
    let completion = CompletionRequest {
        model: "mock-chat".into(),
        prompt: "When?".into(),
        ..CompletionRequest::default()
    };
    assert_eq!(endpoint.complete(&completion).await.expect("a completion").choices[0].text, ANSWER);

    let unknown = endpoint.chat(&asked("no-such-model")).await.expect_err("no answer");
    assert!(matches!(unknown.kind(), ErrorKind::UnknownModel | ErrorKind::InvalidRequest), "{unknown}");
}

/// aimock, which follows the API of OpenAI closely.
#[tokio::test]
async fn aimock_answers_streams_and_embeds() {
    let Some(aimock) = peers::find("node_modules/.bin/llmock") else { return };
    let directory = tempfile::tempdir().expect("a folder");
    let fixture = serde_json::json!({ "fixtures": [{ "match": { "userMessage": "range" }, "response": { "content": ANSWER } }] });
    fs::write(directory.path().join("answers.json"), fixture.to_string()).expect("a file");
    let server = Server::start(|port| {
        let mut command = Command::new(aimock);
        command
            .args(["--log-level", "silent", "--port", &port.to_string(), "--fixtures"])
            .arg(directory.path());
        command
    })
    .expect("a running aimock");

    let endpoint = endpoint_at(&server);
    assert_eq!(streamed(&endpoint, "gpt-4o").await, ANSWER);
    let request = EmbeddingRequest::new("text-embedding-3-small", vec!["a".into(), "b".into()]);
    let vectors = endpoint.embeddings(&request).await.expect("vectors").vectors;
    assert_eq!(vectors.len(), 2);
    assert_ne!(vectors[0], vectors[1]);
    assert!(!endpoint.models().await.expect("a list").is_empty());
}
