use library::{DocumentId, Message, TextRange};
use serde_json::json;
use tempfile::TempDir;
use testkit::loopback::{CHAT_MODEL, Fault, Loopback, Options};

use super::*;
use crate::api::Support;
use crate::{EngineOptions, Overrides, WorkerCommand};

const TEXT: &str = "It was lit in 1871 [1]. It is green [1].";

/// A stored answer with two sentences that cite a passage.
fn with_an_answer(directory: &TempDir, loopback: &Loopback) -> (Engine, MessageId) {
    let engine = Engine::open(EngineOptions {
        directory: directory.path().to_owned(),
        team: None,
        overrides: Overrides {
            base_url: Some(loopback.base_url()),
            chat_model: Some(CHAT_MODEL.to_owned()),
            ..Overrides::default()
        },
        keychain: None,
        worker: WorkerCommand::current_executable().unwrap(),
    })
    .unwrap();
    let citation = |start| library::Citation {
        marker: 1,
        range: TextRange { start, end: start + 3 },
        document_id: DocumentId(1),
        document: "light.md".to_owned(),
        title: "Light".to_owned(),
        page: 1,
        page_label: None,
        quote: "The lamp was lit in 1871.".to_owned(),
        facts: None,
        matched: false,
        support: None,
        marked_right: false,
    };
    let answer = library::Answer {
        text: TEXT.to_owned(),
        citations: vec![citation(19), citation(36)],
        ..library::Answer::default()
    };
    let conversation = engine.library.create_conversation("Light").unwrap();
    let id = engine.library.append_message(conversation, "When?", &answer).unwrap();
    (engine, id)
}

/// A streamed reply, a piece an event.
fn stream(pieces: &[&str], finish_reason: &str) -> Fault {
    let event = |delta: serde_json::Value, reason: Option<&str>| {
        let choice = json!({"index": 0, "delta": delta, "finish_reason": reason});
        format!("data: {}\n\n", json!({"model": CHAT_MODEL, "choices": [choice]}))
    };
    let mut body: String = pieces.iter().map(|piece| event(json!({"content": piece}), None)).collect();
    body += &event(json!({}), Some(finish_reason));
    Fault::Body(body + "data: [DONE]\n\n")
}

async fn asked(engine: &Engine, id: MessageId) -> Result<SecondOpinion, ApiError> {
    engine.second_opinion(OpinionRequest { message: id.0, chat_model: None, id: None }).await
}

fn judged(opinion: &SecondOpinion) -> Vec<(u32, Option<Support>)> {
    opinion.opinions.iter().map(|opinion| (opinion.citation, opinion.support)).collect()
}

#[tokio::test]
async fn a_streamed_reply_is_read_as_far_as_it_can_be() {
    let directory = tempfile::tempdir().unwrap();
    let loopback = Loopback::start(Options::default()).unwrap();
    let (engine, id) = with_an_answer(&directory, &loopback);
    let (yes, no) = (Some(Support::Supported), Some(Support::Unsupported));
    let thought = ["<thi", "nk>{\"statement\": 1, \"verdict\": \"partly\"}</think>"];
    let verdicts = [
        "{\"statement\": 1, \"verd",
        "ict\": \"supported\"}\n{\"statement\": 2, \"verdict\": \"unsupported\"}",
    ];
    for (reply, expected) in [
        (stream(&verdicts, "stop"), [yes, no]),
        (stream(&[thought, verdicts].concat(), "stop"), [yes, no]),
        (
            stream(&["{\"statement\": 2, \"verdict\": \"unsupported\"}\n{\"statement\": 1, \"ver"], "length"),
            [None, no],
        ),
        (stream(&["Both are fine."], "stop"), [None, None]),
    ] {
        loopback.inject(reply);
        let opinion = asked(&engine, id).await.unwrap();
        assert_eq!(judged(&opinion), [(0, expected[0]), (1, expected[1])]);
        assert_eq!(opinion.model, CHAT_MODEL);
        let Some(Message { answer: Some(kept), .. }) = engine.library.message(id).unwrap() else { panic!() };
        assert_eq!((kept.opinion.map(SecondOpinion::from), kept.text.as_str()), (Some(opinion), TEXT));
    }
}

#[tokio::test]
async fn a_stop_ends_the_asking() {
    let directory = tempfile::tempdir().unwrap();
    let loopback = Loopback::start(Options::default()).unwrap();
    let (engine, id) = with_an_answer(&directory, &loopback);
    loopback.inject(Fault::StallAfter(2));
    let request = OpinionRequest { message: id.0, chat_model: None, id: Some("one".to_owned()) };
    let stop = async {
        while loopback.requests().is_empty() {
            tokio::task::yield_now().await;
        }
        engine.stop("one");
    };
    let (opinion, ()) = tokio::join!(engine.second_opinion(request), stop);
    assert!(crate::wording::error(&opinion.unwrap_err().message).contains("stopped"));
}
