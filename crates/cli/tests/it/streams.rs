//! Answers from streams as they come: cut anywhere, and those of real servers.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use testkit::loopback::{Fault, Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

const QUESTION: &str = "When was the harbour light 灯台 first lit?";

fn with_two_sources(loopback: &Loopback) -> Footnote {
    let footnote = Footnote::with_endpoint(loopback);
    footnote.write("light.md", "# Light\n\nThe harbour light 灯台 was first lit in 1871.\n");
    footnote.write("oil.md", "# Oil\n\nThe harbour light burned colza oil until 1932.\n");
    footnote.add(&footnote.documents());
    footnote
}

/// The answer that comes out of this stream.
fn answer(footnote: &Footnote, loopback: &Loopback, stream: String) -> std::process::Output {
    // The question's vector comes as it is.
    loopback.inject(Fault::NoDone);
    loopback.inject(Fault::Body(stream));
    footnote.run(&["ask", QUESTION, "--json"])
}

fn event(delta: &str, reason: Option<&str>) -> String {
    let choice = json!({"index": 0, "delta": {"content": delta}, "finish_reason": reason});
    format!("data: {}\n\n", json!({"object": "chat.completion.chunk", "choices": [choice]}))
}

#[test]
fn markers_are_found_wherever_a_stream_cuts_them() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_two_sources(&loopback);
    let written =
        "The 灯台 was lit in 1871 [1]. It burned oil until 1932【2】. Both [1, 2][9], and `a[1]` (source 2).";
    let read = |cut: &dyn Fn(&str) -> Vec<String>| {
        let stream: String = cut(written).iter().map(|piece| event(piece, None)).collect();
        let output = answer(&footnote, &loopback, stream + &event("", Some("stop")) + "data: [DONE]\n\n");
        assert!(output.status.success(), "{}", error_of(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        (answer["answer"].clone(), answer["citations"].clone(), answer["state"].clone())
    };
    let whole = read(&|text| vec![text.to_owned()]);
    assert_eq!(
        whole.0,
        "The 灯台 was lit in 1871 [1]. It burned oil until 1932[2]. Both [1][2], and `a[1]` [2]."
    );
    assert_eq!(whole.1.as_array().unwrap().len(), 5);
    assert_eq!(read(&|text| text.chars().map(String::from).collect()), whole, "one character at a time");
    for at in (1..written.len()).filter(|&at| written.is_char_boundary(at)).step_by(3) {
        let cut = |text: &str| vec![text[..at].to_owned(), text[at..].to_owned()];
        assert_eq!(read(&cut), whole, "cut at {at}");
    }
}

#[test]
fn an_answer_that_is_not_whole_says_why() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_two_sources(&loopback);
    let ask = |stream: String| {
        loopback.inject(Fault::NoDone);
        loopback.inject(Fault::Body(stream));
        let output = footnote.run(&["ask", QUESTION]);
        (output.status.code(), String::from_utf8(output.stdout.clone()).unwrap(), error_of(&output))
    };
    let lit = "The light was lit in 1871 [1].";
    let (code, answer, said) = ask(event(lit, Some("length")));
    assert!(code == Some(0) && answer.starts_with(lit) && said.contains("cut off"), "{answer}{said}");

    let (code, answer, said) = ask(event("The light", None) + &event("", Some("content_filter")));
    assert!(code == Some(1) && answer.starts_with("The light") && said.contains("content filter"), "{said}");

    for (stream, expected) in [
        (event("<think>Hm. ", None) + &event(lit, Some("stop")), "wrote no answer"),
        (event("", Some("tool_calls")), "asked for a tool"),
        ("data: [DONE]\n\n".to_owned(), "sent nothing"),
    ] {
        let (code, answer, said) = ask(stream);
        assert!(code == Some(1) && answer.is_empty() && said.contains(expected), "{answer}{said}");
    }

    let (code, answer, _) =
        ask(event("I wonder.", None) + &event("</think>\n", None) + &event(lit, Some("stop")));
    assert!(code == Some(0) && answer.starts_with(lit), "{answer}");
}

#[test]
fn a_refusal_is_known_whatever_is_written_around_it_and_its_token_is_never_shown() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_two_sources(&loopback);
    let ask = |written: &[&str]| {
        let events: String = written.iter().map(|text| event(text, None)).collect();
        loopback.inject(Fault::NoDone);
        loopback.inject(Fault::Body(format!("{events}{}data: [DONE]\n\n", event("", Some("stop")))));
        let output = footnote.run(&["ask", QUESTION, "--json", "--stream"]);
        let told = String::from_utf8(output.stdout).unwrap();
        assert!(!told.to_uppercase().contains("SOURCES"), "{told}");
        let done: Value = serde_json::from_str(told.lines().last().unwrap()).unwrap();
        (
            done["answer"]["refused"].clone(),
            done["answer"]["answer"].clone(),
            done["answer"]["uncited"].clone(),
        )
    };
    let refused = (json!(true), json!(""), json!([]));
    assert_eq!(ask(&["NOT_IN_", "SOURCES"]), refused);
    assert_eq!(ask(&["Davon steht ", "nichts darin. **NOT", "_IN_SOURCES**", " Es war wohl 1871."]), refused);
    let in_part = (json!(false), json!("It was lit in 1871 [1]. "), json!([]));
    assert_eq!(ask(&["It was lit in 1871 [1]. ", "NOT_IN_SOURCES"]), in_part);
}

#[test]
fn the_streams_of_real_servers_become_answers() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = with_two_sources(&loopback);
    let mut whole = 0;
    for (path, stream) in captured_streams() {
        let Some(text) = text_of(&stream) else { continue };
        let output = answer(&footnote, &loopback, stream);
        assert!(output.status.success(), "{}: {}", path.display(), error_of(&output));
        let answer: Value = serde_json::from_slice(&output.stdout).unwrap();
        assert!(matches!(answer["state"].as_str(), Some("complete" | "cut")), "{}: {answer}", path.display());
        let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).collect::<String>();
        assert_eq!(letters(answer["answer"].as_str().unwrap()), letters(&text), "{}", path.display());
        whole += 1;
    }
    eprintln!("{whole} streams of real servers were read");
}

/// The bodies of captured chat streams; see `endpoint`'s tests of captures for where they are looked for.
fn captured_streams() -> Vec<(PathBuf, String)> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/captures");
    let folder = std::env::var_os("FOOTNOTE_CAPTURES").map_or(beside, PathBuf::from);
    let servers = fs::read_dir(folder).into_iter().flatten().flatten();
    let files = servers.flat_map(|server| fs::read_dir(server.path()).into_iter().flatten().flatten());
    let stream = |path: PathBuf| {
        let name = path.file_name()?.to_str()?;
        let is_chat = name.starts_with("chat") && name.ends_with(".http") && !name.ends_with(".wire.http");
        let text = fs::read_to_string(&path).ok().filter(|_| is_chat)?;
        let (head, body) = text.split_once("\r\n\r\n")?;
        (head.contains(" 200 ") && body.starts_with("data:")).then(|| (path.clone(), body.to_owned()))
    };
    files.filter_map(|file| stream(file.path())).collect()
}

/// What a stream says, read line by line; none where it was cut, says nothing, or thinks aloud.
fn text_of(stream: &str) -> Option<String> {
    let mut text = String::new();
    for data in stream.lines().filter_map(|line| line.strip_prefix("data: ")) {
        if data == "[DONE]" {
            return Some(text).filter(|text| !text.trim().is_empty() && !text.contains("think>"));
        }
        let event: Value = serde_json::from_str(data).ok()?;
        if event.get("error").is_some() {
            return None;
        }
        if event["choices"][0]["index"].as_u64().unwrap_or_default() == 0 {
            text += event["choices"][0]["delta"]["content"].as_str().unwrap_or_default();
        }
    }
    None
}
