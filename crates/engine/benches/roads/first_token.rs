//! What Footnote adds to the time that an endpoint takes for its first token.

use std::error::Error;
use std::path::Path;
use std::sync::Mutex;
use std::time::{Duration, Instant};

use endpoint::{Endpoint, Ledger, Profile, Purpose};
use engine::api::{AddRequest, AnswerEvent, AskRequest, Place};
use engine::{Engine, EngineOptions, Overrides, WorkerCommand};
use futures::StreamExt as _;
use models::{
    ChatEvent, ChatModel, ChatPrompt, Embedder, EndpointChatModel, EndpointEmbedder, Message, Role,
};
use serde_json::Value;
use testkit::documents::pdf;
use testkit::loopback::{CHAT_MODEL, Loopback, Options};

const QUESTION: &str = "When was the harbour light first lit?";
const TIMES: usize = 50;

pub async fn measure(directory: &Path) -> Result<(), Box<dyn Error>> {
    let loopback = Loopback::start(Options::default())?;
    let engine = Engine::open(EngineOptions {
        directory: directory.join("library"),
        team: None,
        overrides: Overrides {
            base_url: Some(loopback.base_url()),
            chat_model: Some(CHAT_MODEL.to_owned()),
            ..Overrides::default()
        },
        keychain: None,
        worker: WorkerCommand::current_executable()?,
    })
    .map_err(|error| engine::wording::error(&error.message).into_owned())?;
    let file = directory.join("light.pdf");
    std::fs::write(
        &file,
        pdf(&[&["The harbour light was first lit in October 1871.", "It burned oil until 1932."]]),
    )?;
    engine.add(AddRequest { paths: vec![file] }, |_| ()).await;

    let mut with_footnote = Vec::new();
    for _ in 0..TIMES {
        with_footnote.push(ask(&engine).await);
    }
    let mut alone = Vec::new();
    let prompt = last_prompt(&loopback)?;
    let endpoint = Endpoint::new(Profile::new(loopback.base_url()), Ledger::unkept(), Purpose::Answer)?;
    for _ in 0..TIMES {
        alone.push(call(&endpoint, prompt.clone()).await?);
    }
    let (with_footnote, alone) = (median(with_footnote), median(alone));
    let added = with_footnote.saturating_sub(alone);
    println!(
        "first token: {:.2} ms, of which the endpoint takes {:.2} ms and Footnote adds {:.2} ms (medians of {TIMES})",
        with_footnote.as_secs_f64() * 1e3,
        alone.as_secs_f64() * 1e3,
        added.as_secs_f64() * 1e3,
    );
    Ok(())
}

/// From the question to the first piece of the answer.
async fn ask(engine: &Engine) -> Duration {
    let started = Instant::now();
    let first = Mutex::new(None);
    let request = AskRequest {
        question: QUESTION.to_owned(),
        conversation: None,
        standalone: None,
        chat_model: None,
        id: None,
        place: Place::default(),
    };
    let see = |event| {
        if let (AnswerEvent::Token { .. }, Ok(mut first)) = (event, first.lock()) {
            first.get_or_insert_with(|| started.elapsed());
        }
    };
    engine.ask(request, see).await;
    first.into_inner().ok().flatten().unwrap_or_default()
}

/// The same two calls of the endpoint and nothing else.
async fn call(endpoint: &Endpoint, prompt: ChatPrompt) -> Result<Duration, Box<dyn Error>> {
    let started = Instant::now();
    EndpointEmbedder::new(endpoint.clone()).embed_question(QUESTION).await?;
    let mut stream = EndpointChatModel::new(endpoint.clone(), CHAT_MODEL, 8_192).stream(prompt).await?;
    while let Some(event) = stream.next().await {
        if matches!(event?, ChatEvent::Text(_)) {
            break;
        }
    }
    Ok(started.elapsed())
}

/// What the engine last asked the chat model.
fn last_prompt(loopback: &Loopback) -> Result<ChatPrompt, Box<dyn Error>> {
    let requests = loopback.requests();
    let asked = requests
        .iter()
        .rev()
        .find_map(|request| request.body["messages"].as_array())
        .ok_or("no question was asked")?;
    let message = |message: &Value| Message {
        role: if message["role"] == "system" { Role::System } else { Role::User },
        text: message["content"].as_str().unwrap_or_default().to_owned(),
    };
    let messages = asked.iter().map(message).collect();
    Ok(ChatPrompt { messages, picture: None, max_tokens: None, temperature: None })
}

fn median(mut durations: Vec<Duration>) -> Duration {
    durations.sort();
    durations[durations.len() / 2]
}
