//! What the command line does with an endpoint besides answers.

use testkit::loopback::{Fault, IMAGE_MODEL, Loopback, Options, VectorFault};

use crate::footnote::{Footnote, KEY, error_of};

fn loopback() -> Loopback {
    Loopback::start(Options { key: Some(KEY.to_owned()), batch_cap: 32, ..Options::default() }).unwrap()
}

#[test]
fn a_check_finds_out_what_the_endpoint_can_do() {
    let loopback = loopback();
    let check = Footnote::with_endpoint(&loopback).json(&["endpoint", "check", "--json"]);
    assert_eq!((check["reachable"].as_bool(), check["key_accepted"].as_bool()), (Some(true), Some(true)));
    let embeddings = &check["embeddings"]["works"];
    assert_eq!(embeddings["dimensions"], 1024);
    assert_eq!(embeddings["batch_cap"]["exactly"], 32);
    let chat = &check["chat"]["works"];
    assert_eq!((chat["streams"].as_bool(), chat["usage_in_stream"].as_bool()), (Some(true), Some(true)));
}

#[test]
fn a_check_says_that_the_key_is_wrong_and_that_nobody_is_there() {
    let loopback = loopback();
    let footnote = Footnote::new().at(&loopback.base_url(), "sk-wrong-77");
    let output = footnote.run(&["endpoint", "check", "--json"]);
    assert_eq!(output.status.code(), Some(1));
    let check: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(check["key_accepted"], false);

    drop(loopback);
    let check = footnote.run(&["endpoint", "check"]);
    assert!(String::from_utf8_lossy(&check.stdout).contains("reachable      no"));
}

#[test]
fn without_an_endpoint_there_is_nothing_to_check() {
    let output = Footnote::new().run(&["endpoint", "check"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(error_of(&output).contains("FOOTNOTE_BASE_URL"), "{}", error_of(&output));
}

#[test]
fn texts_that_are_too_long_for_the_model_are_embedded_by_their_beginning_and_counted() {
    let loopback = Loopback::start(Options { input_cap: 300, ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("tides.md", "# Tides\n\nThe gauge is read at noon.\n");
    assert_eq!(footnote.add(&footnote.documents())["shortened"], 0);
    footnote.write("log.md", format!("# Log\n\n{}\n", "The keeper lit the lamp at dusk. ".repeat(20)));
    let summary = footnote.add(&footnote.documents());
    assert_eq!((summary["outcome"].as_str(), summary["shortened"].as_u64()), (Some("completed"), Some(1)));
}

#[test]
fn a_text_that_cannot_be_embedded_is_named_and_costs_no_other() {
    let loopback = Loopback::start(Options { unembeddable: Some("dredger"), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    for number in 0..12 {
        let at = if number % 5 == 2 { "dredger" } else { "quay" };
        footnote.write(&format!("n{number}.md"), format!("Log {number}: the {at} was painted.\n"));
    }
    let summary = footnote.add(&footnote.documents());
    assert_eq!((summary["outcome"].as_str(), summary["chunks"].as_u64()), (Some("completed"), Some(10)));
    let named: Vec<_> = summary["unembedded"].as_array().unwrap().iter().collect();
    assert_eq!(named.len(), 2, "{summary}");
    assert!(named.iter().all(|named| named["document"].as_str().unwrap().ends_with("2.md")
        || named["document"].as_str().unwrap().ends_with("7.md")));
    assert!(named[0]["reason"].as_str().unwrap().contains("unsupported value: NaN"), "{summary}");
    assert_eq!(footnote.status()["vectors"], 10);
}

#[test]
fn a_text_at_which_the_endpoint_failed_by_chance_is_embedded_by_the_same_job() {
    let loopback = loopback();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("tides.md", "# Tides\n\nThe gauge is read at noon.\n");
    footnote.add(&footnote.documents());
    footnote.write("log.md", "# Log\n\nThe keeper lit the lamp at dusk.\n");
    let failure = || Fault::status(500, "out of memory");
    // It embeds other texts in between.
    for fault in [failure(), Fault::Vectors(VectorFault::NoIndex), failure()] {
        loopback.inject(fault);
    }
    let summary = footnote.add(&footnote.documents());
    let calls = loopback.requests().len();
    assert_eq!((summary["chunks"].as_u64(), summary["unembedded"].as_array().unwrap().len()), (Some(1), 0));
    assert!(calls >= 5, "{calls} calls");
}

#[test]
fn the_endpoint_that_is_waited_for_is_named_while_it_lasts() {
    let loopback = loopback();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("log.md", "The gauge is read at noon.\n");
    loopback.inject(Fault::rate_limit("1"));
    let output = footnote.run(&["add", footnote.documents().to_str().unwrap()]);
    assert!(
        output.status.success() && error_of(&output).contains("Asking the endpoint again"),
        "{}",
        error_of(&output)
    );
}

#[test]
fn the_address_of_a_call_is_taken_for_its_endpoint() {
    let loopback = loopback();
    let footnote = Footnote::new().at(&format!("{}/chat/completions/", loopback.base_url()), KEY);
    footnote.write("light.md", "The harbour light was first lit in October 1871.");
    footnote.add(&footnote.documents());
    assert!(footnote.ask("When was the harbour light first lit?")["citations"].is_array());
}

#[test]
fn a_picture_is_written_to_its_file() {
    let loopback = loopback();
    let footnote = Footnote::with_endpoint(&loopback);
    let file = footnote.documents().join("light.png");
    let path = file.to_str().unwrap();
    let output = footnote.run(&["image", "A harbour light", "-o", path, "--image-model", IMAGE_MODEL]);
    assert!(output.status.success(), "{}", error_of(&output));
    assert!(std::fs::read(&file).unwrap().starts_with(b"\x89PNG"));

    let refused = footnote.run(&["image", "A harbour light", "-o", path]);
    assert!(error_of(&refused).contains("image model"), "{}", error_of(&refused));
}

#[test]
fn the_settings_file_names_a_gateway_with_its_own_header_path_and_parameters() {
    let loopback = loopback();
    let footnote = Footnote::new();
    std::fs::create_dir_all(footnote.library()).unwrap();
    let settings = serde_json::json!({
        "preset": "gateway",
        "endpoint": {
            "base_url": loopback.base_url(),
            "chat_model": testkit::loopback::CHAT_MODEL,
            "extra_parameters": { "memory_strategy": { "name": "last_k", "k": 4 } },
            "extra_headers": { "x-team": "survey" },
        },
    });
    std::fs::write(footnote.library().join("settings.json"), settings.to_string()).unwrap();
    footnote.write("light.md", "The harbour light was first lit in October 1871.");
    let footnote = footnote.with_key(KEY);
    footnote.add(&footnote.documents());
    let answer = footnote.ask("When was the harbour light first lit?");
    assert_eq!(answer["citations"][0]["facts"]["wording"], "word_for_word", "{answer}");
    let requests = loopback.requests();
    let chat = requests.last().unwrap();
    assert_eq!(chat.path, "/v4/beta/chat/completions");
    assert_eq!(chat.body["memory_strategy"]["name"], "last_k");
    let header =
        |name: &str| chat.headers.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str());
    assert_eq!((header("x-api-key"), header("x-team")), (Some(KEY), Some("survey")));
    assert_eq!(header("authorization"), None);
}

#[test]
fn a_base_model_answers_through_completions() {
    let loopback = loopback();
    let footnote = Footnote::with_endpoint(&loopback);
    std::fs::create_dir_all(footnote.library()).unwrap();
    let settings = serde_json::json!({
        "endpoint": {
            "prompt_format": {
                "template": "{% for message in messages %}{{ message.role }}:\n{{ message.content }}\n\n{% endfor %}assistant:",
                "stop": ["\nuser:"],
            },
        },
    });
    std::fs::write(footnote.library().join("settings.json"), settings.to_string()).unwrap();
    footnote.write("light.md", "The harbour light was first lit in October 1871.");
    footnote.add(&footnote.documents());
    let answer = footnote.ask("When was the harbour light first lit?");
    assert_eq!(answer["citations"][0]["facts"]["wording"], "word_for_word", "{answer}");
    assert_eq!(loopback.requests().last().unwrap().path, "/v1/completions");
}

#[test]
fn the_key_is_in_no_file_and_in_no_message() {
    let loopback = loopback();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("light.md", "The harbour light was first lit in October 1871.");
    footnote.add(&footnote.documents());
    loopback.inject(Fault::Status { status: 401, body: format!("Bearer {KEY} is wrong"), retry_after: None });
    let output = footnote.run(&["ask", "When was it lit?"]);
    let said = [output.stdout, output.stderr].concat();
    assert!(!String::from_utf8_lossy(&said).contains(KEY), "{}", String::from_utf8_lossy(&said));
    for entry in std::fs::read_dir(footnote.library()).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            assert!(!bytes.windows(KEY.len()).any(|window| window == KEY.as_bytes()), "{}", path.display());
        }
    }
}

#[test]
fn what_an_answer_costs_is_told_by_the_endpoint_or_by_the_prices_that_are_set() {
    let loopback = loopback();
    let footnote = Footnote::with_endpoint(&loopback);
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.add(&footnote.documents());
    let ask = ["ask", "When was the harbour light first lit?", "--json"];
    assert_eq!(footnote.json(&ask)["usage"]["estimated_cost"], 0.0, "as the endpoint says");

    let settings = r#"{"prices": {"prompt": 2.0, "completion": 10.0}}"#;
    std::fs::write(footnote.library().join("settings.json"), settings).unwrap();
    loopback.inject(Fault::Vectors(VectorFault::NotNormalised));
    loopback.inject(Fault::NoUsage);
    let usage = &footnote.json(&ask)["usage"];
    let tokens = |name: &str| usage[name].as_f64().unwrap();
    let cost = (tokens("prompt_tokens") * 2.0 + tokens("completion_tokens") * 10.0) / 1e6;
    assert!((usage["estimated_cost"].as_f64().unwrap() - cost).abs() < 1e-12 && cost > 0.0, "{usage}");
}
