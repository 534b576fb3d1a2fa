use endpoint::{Endpoint, ErrorKind};
use futures::StreamExt;
use models::{
    ChatEvent, ChatModel, ChatPrompt, EndpointChatModel, FinishReason, Instead, Message, ModelError, Role,
    Usage,
};
use serde_json::json;
use testkit::loopback::{CHAT_MODEL, Fault, Options, THOUGHT, Thinking};

use crate::start;

fn model(endpoint: Endpoint) -> EndpointChatModel {
    EndpointChatModel::new(endpoint, CHAT_MODEL, 8192)
}

fn prompt() -> ChatPrompt {
    let text = "<source id=\"1\" title=\"Tides\">\nThe mean range at Dover is 6.0 metres.\n</source>\n\n<question>\nWhat is the mean range at Dover?\n</question>";
    ChatPrompt {
        messages: vec![Message { role: Role::User, text: text.to_owned() }],
        picture: None,
        max_tokens: Some(200),
        temperature: Some(0.0),
    }
}

/// What a person has seen of an answer in the end.
#[derive(Debug, Default)]
struct Seen {
    thinking: String,
    answer: String,
    finished: Option<(FinishReason, Usage)>,
    error: Option<ModelError>,
}

async fn see(model: &EndpointChatModel) -> Seen {
    let mut seen = Seen::default();
    let mut events = match model.stream(prompt()).await {
        Ok(events) => events,
        Err(error) => return Seen { error: Some(error), ..seen },
    };
    while let Some(event) = events.next().await {
        assert!(seen.finished.is_none() && seen.error.is_none(), "nothing comes after the end");
        match event {
            Ok(ChatEvent::Reasoning(text)) => seen.thinking += &text,
            Ok(ChatEvent::Text(text)) => seen.answer += &text,
            Ok(ChatEvent::TextWasReasoning) => seen.thinking += &std::mem::take(&mut seen.answer),
            Ok(ChatEvent::Finished { reason, usage }) => seen.finished = Some((reason, usage)),
            Err(error) => seen.error = Some(error),
        }
    }
    seen
}

#[tokio::test]
async fn thinking_is_kept_apart_however_it_comes() {
    let (_server, endpoint) = start(Options::default());
    let plain = see(&model(endpoint)).await;
    assert!(plain.answer.contains("6.0 metres"), "{plain:?}");
    assert_eq!(plain.thinking, "");
    for thinking in [
        Thinking::Field("reasoning"),
        Thinking::Field("reasoning_content"),
        Thinking::Tags,
        Thinking::ClosingTag,
    ] {
        let (_server, endpoint) = start(Options { thinking, ..Options::default() });
        let seen = see(&model(endpoint)).await;
        assert_eq!((seen.thinking.trim(), seen.answer), (THOUGHT, plain.answer.clone()), "{thinking:?}");
    }
}

#[tokio::test]
async fn usage_is_counted_by_the_endpoint_or_estimated() {
    let (server, endpoint) = start(Options::default());
    let model = model(endpoint);
    let (reason, counted) = see(&model).await.finished.expect("an end");
    assert_eq!(reason, FinishReason::Stop);
    assert!(!counted.estimated && counted.completion_tokens > 0 && counted.estimated_cost == Some(0.0));
    server.inject(Fault::NoUsage);
    let (_, estimated) = see(&model).await.finished.expect("an end");
    assert!(estimated.estimated && estimated.prompt_tokens > 20 && estimated.completion_tokens > 0);
}

#[tokio::test]
async fn parameters_that_the_endpoint_refuses_are_left_out_from_then_on() {
    let refused_fields = vec!["stream_options", "temperature", "max_tokens"];
    let (server, endpoint) = start(Options { refused_fields, ..Options::default() });
    let model = model(endpoint);
    for _ in 0..2 {
        assert!(see(&model).await.answer.contains("6.0 metres"));
    }
    let sent = server.requests();
    assert_eq!(sent.len(), 5, "three refusals, then two answers");
    assert_eq!(sent[4].body["max_completion_tokens"], 200);
}

#[tokio::test]
async fn what_came_before_a_break_is_kept_and_the_error_is_last() {
    let (server, endpoint) = start(Options::default());
    server.inject(Fault::CloseAfter(4));
    let seen = see(&model(endpoint)).await;
    assert!(!seen.answer.is_empty() && seen.finished.is_none());
    assert!(matches!(seen.error, Some(ModelError::Endpoint(error)) if error.kind() == ErrorKind::BrokenOff));
}

/// A stream of these deltas that ends for this reason.
fn stream(deltas: &[serde_json::Value], reason: &str) -> Fault {
    let event = |choice: serde_json::Value| format!("data: {}\n\n", json!({"choices": [choice]}));
    let mut body: String = deltas.iter().map(|delta| event(json!({"delta": delta}))).collect();
    body += &event(json!({"delta": {}, "finish_reason": reason}));
    Fault::Body(body + "data: [DONE]\n\n")
}

#[tokio::test]
async fn an_answer_without_a_word_is_an_error_that_says_what_came() {
    let (server, endpoint) = start(Options::default());
    let model = model(endpoint);
    let call =
        json!({"tool_calls": [{"index": 0, "id": "c", "function": {"name": "search", "arguments": "{}"}}]});
    for (deltas, reason, expected) in [
        (vec![call.clone()], "tool_calls", Instead::ToolCall),
        (vec![call], "stop", Instead::ToolCall),
        (vec![json!({"content": "<think>"}), json!({"content": "It is 4."})], "stop", Instead::Thinking),
        (
            vec![json!({"reasoning_content": "It is 4."}), json!({"content": " \n"})],
            "stop",
            Instead::Thinking,
        ),
        (vec![json!({"reasoning": "Hm"})], "length", Instead::AllTokens),
        (vec![json!({"content": ""})], "length", Instead::AllTokens),
        (vec![json!({"content": null})], "stop", Instead::Nothing),
        (vec![json!({"content": "<think>Hm</think>"})], "stop", Instead::Nothing),
    ] {
        server.inject(stream(&deltas, reason));
        let seen = see(&model).await;
        let Some(ModelError::NoAnswer { instead, .. }) = seen.error else { panic!("{deltas:?}: {seen:?}") };
        assert_eq!(instead, expected, "{deltas:?}");
    }
}

#[tokio::test]
async fn a_refusal_and_a_filter_are_errors_behind_what_came() {
    let (server, endpoint) = start(Options::default());
    let model = model(endpoint);
    server.inject(stream(&[json!({"refusal": "I cannot "}), json!({"refusal": "help."})], "stop"));
    let seen = see(&model).await;
    assert!(
        matches!(&seen.error, Some(ModelError::Declined { words, .. }) if words == "I cannot help."),
        "{seen:?}"
    );
    server.inject(stream(&[json!({"content": "The range"})], "content_filter"));
    let seen = see(&model).await;
    assert_eq!(seen.answer, "The range");
    assert!(matches!(seen.error, Some(ModelError::Filtered { .. })), "{seen:?}");
}

#[tokio::test]
async fn the_first_answer_is_read_whatever_its_number() {
    let (server, endpoint) = start(Options::default());
    let event = |index: u32, text: &str| {
        format!("data: {}\n\n", json!({"choices": [{"index": index, "delta": {"content": text}}]}))
    };
    server.inject(Fault::Body(event(1, "It ") + &event(2, "No.") + &event(1, "is 4.") + "data: [DONE]\n\n"));
    assert_eq!(see(&model(endpoint)).await.answer, "It is 4.");
}
