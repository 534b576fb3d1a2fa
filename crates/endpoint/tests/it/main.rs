//! Against the loopback endpoint and real servers: what a call gives, and what it says when something goes wrong.

mod calls;
mod connections;
mod faults;
mod ledger;
mod other_calls;
mod real_servers;
mod retries;

use std::time::Duration;

use endpoint::{
    ChatMessage, ChatRequest, ChatStream, Endpoint, Error, Ledger, Profile, Purpose, Retry, Timeouts,
};
use futures::StreamExt;
use testkit::loopback::{CHAT_MODEL, Loopback, Options};

const KEY: &str = "sk-right-key";

/// The loopback endpoint, and a client of it that loses no time.
fn start(options: Options) -> (Loopback, Endpoint) {
    let server =
        Loopback::start(Options { key: Some(KEY.to_owned()), ..options }).expect("the loopback starts");
    let endpoint = Endpoint::new(quick_profile(&server.base_url()), Ledger::unkept(), Purpose::Answer)
        .expect("a valid profile");
    (server, endpoint)
}

fn quick_profile(base_url: &str) -> Profile {
    Profile {
        timeouts: Timeouts {
            connect: Duration::from_secs(2),
            first_byte: Duration::from_millis(400),
            idle: Duration::from_millis(400),
            whole: Duration::from_secs(10),
        },
        retry: Retry { times: 3, first_delay: Duration::from_millis(5) },
        ..Profile::new(base_url).with_key(KEY)
    }
}

fn question() -> ChatRequest {
    let source = "<source id=\"1\" title=\"Tides\">\nThe mean range at Dover is 6.0 metres. Slack water is short.\n</source>";
    let text = format!("{source}\n\n<question>\nWhat is the mean range at Dover?\n</question>");
    ChatRequest {
        model: CHAT_MODEL.to_owned(),
        messages: vec![ChatMessage::system("Answer from the sources."), ChatMessage::user(text)],
        ..ChatRequest::default()
    }
}

/// The text of a stream, and the error that ended it.
async fn read(mut chunks: ChatStream) -> (String, Option<Error>) {
    let mut text = String::new();
    while let Some(chunk) = chunks.next().await {
        match chunk {
            Ok(chunk) => text.extend(chunk.choices.into_iter().filter_map(|choice| choice.delta.content)),
            Err(error) => return (text, Some(error)),
        }
    }
    (text, None)
}

/// The whole answer or what came of it, streamed.
async fn ask(endpoint: &Endpoint) -> (String, Option<Error>) {
    match endpoint.chat_stream(&question()).await {
        Ok(chunks) => read(chunks).await,
        Err(error) => (String::new(), Some(error)),
    }
}
