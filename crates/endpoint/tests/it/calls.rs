//! What the calls give when all goes well.

use endpoint::{
    AuthScheme, ChatMessage, ChatRequest, Content, ContentPart, EmbeddingRequest, Endpoint, FinishReason,
    ImageUrl, Ledger, MemoryStrategy, Paths, Profile, Purpose, ResponseFormat, StreamOptions, Tool,
    ToolChoice,
};
use futures::StreamExt;
use serde_json::{Value, json};
use testkit::loopback::{
    CHAT_MODEL, EMBEDDING_MODEL, Fault, Framing, Options, THOUGHT, Thinking, VectorFault,
};

use crate::{KEY, ask, question, quick_profile, read, start};

#[tokio::test]
async fn a_streamed_answer_is_the_whole_one_in_pieces() {
    let (_server, endpoint) = start(Options::default());
    let whole = endpoint.chat(&question()).await.expect("an answer");
    let text = whole.choices[0].message.content.clone().expect("a text");
    assert!(text.contains("6.0 metres"), "{text}");
    assert_eq!(whole.choices[0].finish_reason, Some(FinishReason::Stop));
    assert!(whole.usage.is_some_and(|usage| usage.completion_tokens > 3));
    assert_eq!(ask(&endpoint).await, (text, None));
}

#[tokio::test]
async fn every_framing_of_events_gives_the_same_answer() {
    let (server, endpoint) = start(Options::default());
    let expected = ask(&endpoint).await;
    assert!(expected.0.contains("6.0 metres"), "{expected:?}");
    for framing in [
        Framing::CrLf,
        Framing::Cr,
        Framing::NoSpace,
        Framing::Comments,
        Framing::SingleBytes,
        Framing::PlainText,
    ] {
        server.inject(Fault::Framing(framing));
        assert_eq!(ask(&endpoint).await, expected, "{framing:?}");
    }
    for fault in [Fault::NoDone, Fault::NoUsage, Fault::WholeBody] {
        server.inject(fault.clone());
        assert_eq!(ask(&endpoint).await, expected, "{fault:?}");
    }
}

#[tokio::test]
async fn usage_comes_in_the_last_chunk_or_with_the_finish() {
    let (_server, endpoint) = start(Options::default());
    for stream_options in [None, Some(StreamOptions { include_usage: true })] {
        let request = ChatRequest { stream_options, ..question() };
        let chunks: Vec<_> = endpoint.chat_stream(&request).await.expect("a stream").collect().await;
        let last = chunks.last().expect("a chunk").as_ref().expect("no error");
        assert!(last.usage.is_some_and(|usage| usage.total_tokens > 0), "{stream_options:?}");
        assert_eq!(last.choices.is_empty(), stream_options.is_some());
    }
}

#[tokio::test]
async fn reasoning_in_a_field_of_either_name_is_told_apart() {
    for field in ["reasoning", "reasoning_content"] {
        let (_server, endpoint) = start(Options { thinking: Thinking::Field(field), ..Options::default() });
        let chunks = endpoint.chat_stream(&question()).await.expect("a stream");
        let thought: String = chunks
            .filter_map(|chunk| async { chunk.ok()?.choices.first()?.delta.reasoning.clone() })
            .collect()
            .await;
        assert_eq!(thought, THOUGHT);
    }
}

#[tokio::test]
async fn vectors_come_in_the_order_of_their_texts() {
    let (server, endpoint) = start(Options::default());
    let texts: Vec<_> = ["tides", "harbours", "lighthouses"].map(str::to_owned).into();
    let request = EmbeddingRequest::new(EMBEDDING_MODEL, texts);
    let expected = endpoint.embeddings(&request).await.expect("vectors");
    assert_eq!(expected.vectors.len(), 3);
    assert_eq!(expected.usage.prompt_tokens, 3);
    for fault in [VectorFault::Reversed, VectorFault::NoIndex, VectorFault::Base64] {
        server.inject(Fault::Vectors(fault));
        assert_eq!(endpoint.embeddings(&request).await.expect("vectors"), expected, "{fault:?}");
    }
}

#[tokio::test]
async fn only_what_was_set_is_sent() {
    let (server, endpoint) = start(Options::default());
    endpoint
        .chat(&ChatRequest { stream_options: Some(StreamOptions { include_usage: true }), ..question() })
        .await
        .expect("an answer");
    let sent = server.requests().pop().expect("a request");
    assert_eq!(sent.path, "/v1/chat/completions");
    let fields: Vec<_> = sent.body.as_object().expect("an object").keys().cloned().collect();
    assert_eq!(fields, ["model", "messages"]);
    assert_eq!(sent.body["messages"][0], json!({"role": "system", "content": "Answer from the sources."}));
}

#[tokio::test]
async fn every_parameter_is_spelled_as_documented() {
    let (server, endpoint) = start(Options::default());
    let request = full_request();
    endpoint.chat(&request).await.expect("an answer");
    let sent = server.requests().pop().expect("a request").body;
    for (field, value) in [
        ("temperature", json!(0.5)),
        ("top_k", json!(40)),
        ("stop", json!(["END"])),
        ("seed", json!(-7)),
        ("tool_choice", json!({"type": "function", "function": {"name": "look_up"}})),
        ("tools", json!([{"type": "function", "function": {"name": "look_up"}}])),
        ("response_format", json!({"type": "json"})),
        ("memory_strategy", json!({"type": "last_k", "k": 4})),
        ("guided_choice", json!(["yes", "no"])),
        ("logit_bias", json!({"50256": -100.0})),
    ] {
        assert_eq!(sent[field], value, "{field}");
    }
    let parts = &sent["messages"][0]["content"];
    assert_eq!(parts[1], json!({"type": "image_url", "image_url": {"url": "data:image/png;base64,AA=="}}));
}

fn full_request() -> ChatRequest {
    let parts = vec![
        ContentPart::Text { text: "What is this?".to_owned() },
        ContentPart::ImageUrl {
            image_url: ImageUrl { url: "data:image/png;base64,AA==".to_owned(), detail: None },
        },
    ];
    let look_up =
        endpoint::FunctionDefinition { name: "look_up".to_owned(), description: None, parameters: None };
    ChatRequest {
        model: CHAT_MODEL.to_owned(),
        messages: vec![ChatMessage::User { content: Content::Parts(parts), name: None }],
        temperature: Some(0.5),
        top_k: Some(40),
        stop: vec!["END".to_owned()],
        seed: Some(-7),
        tools: vec![Tool::Function(look_up)],
        tool_choice: Some(ToolChoice::Function("look_up".to_owned())),
        response_format: Some(ResponseFormat::Json),
        memory_strategy: Some(MemoryStrategy::LastK { k: 4 }),
        guided_choice: vec!["yes".to_owned(), "no".to_owned()],
        logit_bias: [("50256".to_owned(), -100.0)].into(),
        ..ChatRequest::default()
    }
}

#[tokio::test]
async fn a_gateway_has_its_own_header_path_and_parameters() {
    let (server, _) = start(Options::default());
    let profile = Profile {
        auth: AuthScheme::Header("x-api-key".to_owned()),
        paths: Paths { chat: "/v4/beta/chat/completions".to_owned(), ..Paths::default() },
        extra_parameters: [
            ("inference_timeout".to_owned(), json!(30)),
            ("temperature".to_owned(), json!(0.1)),
        ]
        .into_iter()
        .collect(),
        extra_headers: [("x-team".to_owned(), "harbour".to_owned())].into(),
        ..quick_profile(&server.base_url())
    };
    let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    let request = ChatRequest { temperature: Some(0.5), ..question() };
    let (text, error) = read(endpoint.chat_stream(&request).await.expect("a stream")).await;
    assert_eq!(error, None);
    assert!(text.contains("6.0 metres"), "{text}");
    let sent = server.requests().pop().expect("a request");
    assert_eq!(sent.path, "/v4/beta/chat/completions");
    let header =
        |name: &str| sent.headers.iter().find(|(header, _)| header == name).map(|(_, value)| value.as_str());
    assert_eq!(header("x-api-key"), Some(KEY));
    assert_eq!(header("authorization"), None);
    assert_eq!(header("x-team"), Some("harbour"));
    assert_eq!(sent.body["inference_timeout"], 30);
    assert_eq!(sent.body["temperature"], 0.5, "the request's own value goes before the profile's");
}

#[tokio::test]
async fn versions_and_deployments_of_a_model_pass_untouched() {
    let (server, endpoint) = start(Options::default());
    for model in [format!("{CHAT_MODEL}:4b2f"), "deploy_id:9001".to_owned(), format!("{CHAT_MODEL}/mine")] {
        let request = ChatRequest { model: model.clone(), ..question() };
        endpoint.chat(&request).await.expect("an answer");
        assert_eq!(server.requests().pop().expect("a request").body["model"], Value::from(model));
    }
}
