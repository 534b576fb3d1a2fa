//! Completions, reranking, pictures, the list of models, and finding out what an endpoint can do.

use endpoint::{
    BatchCap, CompletionRequest, Endpoint, ErrorKind, Finding, FinishReason, ImageRequest, InputLimit,
    Ledger, Profile, PromptFormat, Purpose, RerankRequest, Violation,
};
use futures::StreamExt;
use serde_json::json;
use testkit::loopback::{
    CHAT_MODEL, EMBEDDING_MODEL, Fault, IMAGE_MODEL, Options, RERANK_MODEL, VISION_MODEL,
};

use crate::{ask, question, quick_profile, start};

fn prompt() -> CompletionRequest {
    CompletionRequest {
        model: CHAT_MODEL.to_owned(),
        prompt: "<source id=\"1\" title=\"Tides\">\nThe mean range at Dover is 6.0 metres.\n</source>\n\n<question>\nWhat is the mean range at Dover?\n</question>".to_owned(),
        ..CompletionRequest::default()
    }
}

#[tokio::test]
async fn a_streamed_completion_is_the_whole_one_in_pieces() {
    let (_server, endpoint) = start(Options::default());
    for echo in [None, Some(true)] {
        let request = CompletionRequest { echo, ..prompt() };
        let whole = endpoint.complete(&request).await.expect("a completion");
        assert_eq!(whole.choices[0].finish_reason, Some(FinishReason::Stop));
        assert_eq!(whole.choices[0].text.starts_with("<source"), echo.is_some());
        let pieces: Vec<_> = endpoint.complete_stream(&request).await.expect("a stream").collect().await;
        assert!(pieces.iter().filter_map(|piece| piece.as_ref().ok()?.usage).next_back().is_some());
        let text: String = pieces
            .into_iter()
            .filter_map(|piece| Some(piece.expect("no error").choices.into_iter().next()?.text))
            .collect();
        assert_eq!(text, whole.choices[0].text);
    }
    let stopped = CompletionRequest { stop: vec!["6.0".to_owned()], ..prompt() };
    let stopped = endpoint.complete(&stopped).await.expect("a completion");
    assert!(!stopped.choices[0].text.contains("6.0"), "{stopped:?}");
}

#[tokio::test]
async fn chat_works_through_completions_where_there_is_a_prompt_format() {
    let (server, _) = start(Options::default());
    let profile =
        Profile { prompt_format: Some(PromptFormat::llama3()), ..quick_profile(&server.base_url()) };
    let endpoint = Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile");
    let (text, error) = ask(&endpoint).await;
    assert!(error.is_none() && text.contains("6.0 metres"), "{text} {error:?}");
    let whole = endpoint.chat(&question()).await.expect("an answer");
    assert_eq!(whole.choices[0].message.content.as_deref(), Some(text.as_str()));
    let sent = server.requests().pop().expect("a request");
    assert_eq!(sent.path, "/v1/completions");
    assert_eq!(sent.body["stop"], json!(["<|eot_id|>"]));
    let prompt = sent.body["prompt"].as_str().expect("a prompt");
    assert!(
        prompt.starts_with("<|begin_of_text|><|start_header_id|>system<|end_header_id|>\n\nAnswer"),
        "{prompt}"
    );
    server.inject(Fault::CloseAfter(3));
    assert_eq!(ask(&endpoint).await.1.map(|error| error.kind()), Some(ErrorKind::BrokenOff));
}

fn ranking() -> RerankRequest {
    RerankRequest {
        model: RERANK_MODEL.to_owned(),
        query: "When was the harbour light lit?".to_owned(),
        documents: vec![
            "Rope is sold by the fathom.".to_owned(),
            "The harbour light was first lit in October 1871.".to_owned(),
            "The harbour master keeps a boat.".to_owned(),
        ],
    }
}

#[tokio::test]
async fn texts_are_put_in_order_in_either_shape() {
    for refused_fields in [vec![], vec!["documents"]] {
        let (server, endpoint) =
            start(Options { refused_fields: refused_fields.clone(), ..Options::default() });
        let reranked = endpoint.rerank(&ranking()).await.expect("an order");
        let order = &reranked.relevances;
        assert_eq!(reranked.total_tokens.is_some(), refused_fields.is_empty());
        assert_eq!(order.iter().map(|relevance| relevance.index).collect::<Vec<_>>(), [1, 2, 0]);
        assert!(order[0].score > order[1].score, "{order:?}");
        let sent = server.requests().pop().expect("a request");
        assert_eq!(
            (sent.path.as_str(), sent.body.get("texts").is_some()),
            ("/v1/rerank", !refused_fields.is_empty())
        );
    }
}

#[tokio::test]
async fn an_order_of_other_texts_is_none() {
    let (server, endpoint) = start(Options::default());
    for body in [
        r#"{"results":[{"index":3,"relevance_score":0.9}]}"#,
        r#"{"results":[{"index":1,"relevance_score":0.9},{"index":1,"relevance_score":0.8}]}"#,
        r#"{"order":[1]}"#,
    ] {
        server.inject(Fault::Body(body.to_owned()));
        let error = endpoint.rerank(&ranking()).await.expect_err("no order");
        assert_eq!(error.kind(), ErrorKind::Protocol(Violation::UnexpectedShape), "{body}");
    }
    server.inject(Fault::Body(r#"{"results":[]}"#.to_owned()));
    assert_eq!(endpoint.rerank(&ranking()).await.expect_err("no order").kind(), ErrorKind::EmptyAnswer);
}

#[tokio::test]
async fn pictures_come_as_files() {
    let (server, endpoint) = start(Options::default());
    let request = ImageRequest {
        n: Some(2),
        size: Some("1024x1024".to_owned()),
        prompt: "A lighthouse".to_owned(),
        ..ImageRequest::default()
    };
    let pictures = endpoint.images(&request).await.expect("pictures");
    assert_eq!(pictures.len(), 2);
    assert_eq!(pictures[0].media_type, "image/png");
    assert_eq!(
        server.requests().pop().expect("a request").body,
        json!({"prompt": "A lighthouse", "size": "1024x1024", "n": 2, "response_format": "b64_json"})
    );
    server.inject(Fault::Body(r#"{"data":[{"b64_json":"bm8gcGljdHVyZQ=="}]}"#.to_owned()));
    assert!(endpoint.images(&request).await.is_err());
}

#[tokio::test]
async fn pictures_are_asked_for_again_where_their_form_is_not_to_be_chosen() {
    let (server, endpoint) = start(Options { refused_fields: vec!["response_format"], ..Options::default() });
    endpoint
        .images(&ImageRequest { prompt: "A lighthouse".to_owned(), ..ImageRequest::default() })
        .await
        .expect("a picture");
    assert_eq!(server.requests().len(), 2);
}

#[tokio::test]
async fn models_are_listed_in_either_shape() {
    let (server, endpoint) = start(Options::default());
    let models = endpoint.models().await.expect("a list");
    let names: Vec<_> = models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(names, [CHAT_MODEL, EMBEDDING_MODEL, RERANK_MODEL, IMAGE_MODEL, VISION_MODEL]);
    assert!(models[0].context_tokens.is_some_and(|tokens| tokens > 0));
    server.inject(Fault::Body(r#"[{"id":"a","context_length":4096},{"id":"b"}]"#.to_owned()));
    let bare = endpoint.models().await.expect("a list");
    assert_eq!((bare[0].context_tokens, bare[1].context_tokens), (Some(4096), None));
}

fn with_models(base_url: &str) -> Endpoint {
    let profile = Profile {
        chat_model: Some(CHAT_MODEL.to_owned()),
        embedding_model: Some(EMBEDDING_MODEL.to_owned()),
        ..quick_profile(base_url)
    };
    Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile")
}

#[tokio::test]
async fn a_check_finds_out_what_the_endpoint_can_do() {
    // Words of the check have five letters with their space.
    let (server, _) = start(Options { batch_cap: 25, input_cap: 500 * 6, ..Options::default() });
    let check = with_models(&server.base_url()).check().await;
    assert_eq!((check.reachable, check.key_accepted), (true, Some(true)));
    let Some(Finding::Works(embeddings)) = &check.embeddings else { panic!("{check:?}") };
    assert_eq!((embeddings.dimensions, embeddings.batch_cap), (1024, BatchCap::Exactly(25)));
    let InputLimit::RefusedAbove(words) = embeddings.input_limit else { panic!("{check:?}") };
    assert!((500..640).contains(&words), "{words}");
    let Some(Finding::Works(chat)) = &check.chat else { panic!("{check:?}") };
    assert!(chat.streams && chat.usage_in_stream && !chat.thinks, "{chat:?}");
    let shown = serde_json::to_value(&check).expect("a check can be shown");
    assert_eq!(shown["embeddings"]["works"]["batch_cap"], json!({"exactly": 25}));
}

#[tokio::test]
async fn a_check_says_what_does_not_work() {
    let (server, _) = start(Options::default());
    let profile = with_models(&server.base_url()).profile().clone().with_key("sk-wrong");
    let check =
        Endpoint::new(profile, Ledger::unkept(), Purpose::Answer).expect("a valid profile").check().await;
    assert_eq!((check.reachable, check.key_accepted), (true, Some(false)));
    let shown = serde_json::to_string(&check).expect("a check can be shown");
    assert!(shown.contains("Unauthorized"), "{shown}");
    let check = with_models("http://no-such-host.invalid").check().await;
    assert_eq!((check.reachable, check.key_accepted), (false, None));
}
