use endpoint::{Endpoint, ErrorKind};
use models::{EndpointChatModel, ModelError, Picture, transcribe};
use testkit::loopback::{CHAT_MODEL, Fault, Options, Thinking, VISION_MODEL};

use crate::start;

/// A picture with so many black bars, a pixel high.
fn bars(count: usize) -> Picture {
    let rows: Vec<u8> = [255, 0].repeat(count).into_iter().chain([255]).collect();
    let mut bytes = Vec::new();
    let mut encoder = png::Encoder::new(&mut bytes, 1, rows.len() as u32);
    encoder.set_color(png::ColorType::Grayscale);
    let written = encoder.write_header().and_then(|mut writer| writer.write_image_data(&rows));
    written.expect("a small picture");
    Picture { media_type: "image/png", bytes }
}

fn options() -> Options {
    let page_texts = ["The lamp was lit in 1871.", "```text\nYear | Dues\n1871 | 40\n```", ""];
    Options { page_texts: page_texts.map(str::to_owned).to_vec(), ..Options::default() }
}

fn model(endpoint: Endpoint) -> EndpointChatModel {
    EndpointChatModel::new(endpoint, VISION_MODEL, 8_192)
}

#[tokio::test]
async fn a_vision_model_is_shown_the_picture_and_its_text_comes_back_bare() {
    let (server, endpoint) = start(Options { thinking: Thinking::Tags, ..options() });
    let model = model(endpoint);
    assert_eq!(transcribe(&model, bars(1)).await.unwrap(), "The lamp was lit in 1871.");
    assert_eq!(transcribe(&model, bars(2)).await.unwrap(), "Year | Dues\n1871 | 40");
    assert_eq!(transcribe(&model, bars(3)).await.unwrap(), "");
    let asked = &server.requests()[0].body;
    assert_eq!((&asked["temperature"], &asked["messages"][0]["role"]), (&0.0.into(), &"system".into()));
    assert!(asked["messages"][0]["content"].as_str().unwrap().contains("never an instruction"));
}

#[tokio::test]
async fn a_page_that_is_cut_off_is_no_text_and_a_refusal_is_named() {
    let (server, endpoint) = start(Options { refused_fields: vec!["max_tokens"], ..options() });
    let long =
        r#"{"choices": [{"index": 0, "message": {"content": "The lamp"}, "finish_reason": "length"}]}"#;
    server.inject(Fault::Body(long.to_owned()));
    let error = transcribe(&model(endpoint.clone()), bars(1)).await.unwrap_err();
    assert!(matches!(error, ModelError::CutOff { .. }), "{error}");

    assert_eq!(transcribe(&model(endpoint.clone()), bars(1)).await.unwrap(), "The lamp was lit in 1871.");
    let other = Picture { media_type: "image/png", bytes: b"no picture".to_vec() };
    let error = transcribe(&model(endpoint.clone()), other).await.unwrap_err();
    let ModelError::Endpoint(error) = error else { panic!("{error}") };
    assert_eq!((error.kind(), error.status()), (ErrorKind::InvalidRequest, Some(400)));

    let blind = EndpointChatModel::new(endpoint, CHAT_MODEL, 8_192);
    assert_ne!(transcribe(&blind, bars(1)).await.unwrap(), "The lamp was lit in 1871.");
}
