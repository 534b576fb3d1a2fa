//! Models that a person installs, chooses and removes.

use std::process::Output;

use serde_json::Value;
use testkit::hub::{Hub, HubFault};
use testkit::tiny_models;

use crate::footnote::{Footnote, error_of};

fn hub() -> Hub {
    let models = [
        ("intfloat/multilingual-e5-small", tiny_models::hub_sentence_vectors()),
        ("cross-encoder/ms-marco-MiniLM-L6-v2", tiny_models::hub_relevance()),
    ];
    Hub::start(models.map(|(name, files)| (name.to_owned(), files)).into()).unwrap()
}

fn models(footnote: &Footnote, hub: &Hub, arguments: &[&str]) -> Output {
    let mut command = footnote.command(&["models"]);
    command.env("HF_ENDPOINT", hub.address()).args(arguments).output().unwrap()
}

fn done(output: &Output) -> String {
    assert!(output.status.success(), "{}", error_of(output));
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn in_use<'a>(status: &'a Value, role: &str) -> (&'a str, &'a str) {
    let model = &status["models"][role];
    (model["name"].as_str().unwrap_or_default(), model["provider"].as_str().unwrap_or_default())
}

#[test]
fn an_embedding_model_is_installed_used_and_removed() {
    let (footnote, hub) = (Footnote::new(), hub());
    footnote.write("light.md", "# Light\n\nThe harbour light was first lit in 1871.\n");
    footnote.add(&footnote.documents());
    let listed = done(&models(&footnote, &hub, &[]));
    assert!(listed.contains("multilingual-e5-small: embeds; many languages; 487 MB"), "{listed}");
    let error = error_of(&models(&footnote, &hub, &["install", "multilingual-e5-small"]));
    assert!(error.contains("487 MB") && error.contains("--yes"), "{error}");
    assert!(hub.asked().is_empty(), "nothing is fetched before a yes");

    hub.inject(HubFault::OtherByte);
    let error = error_of(&models(&footnote, &hub, &["install", "multilingual-e5-small", "--yes"]));
    assert!(error.contains("onnx/model.onnx is damaged"), "{error}");
    let listed = done(&models(&footnote, &hub, &["install", "multilingual-e5-small", "--yes"]));
    assert!(listed.contains("Installed:\n  multilingual-e5-small"), "{listed}");
    assert_eq!(in_use(&footnote.status(), "embed"), ("tiny", "built_in"), "nobody has chosen it");

    done(&models(&footnote, &hub, &["use", "multilingual-e5-small"]));
    let status = footnote.status();
    assert_eq!(in_use(&status, "embed"), ("intfloat/multilingual-e5-small", "installed"));
    assert_eq!((&status["chunks"], &status["vectors"]), (&1.into(), &0.into()));
    footnote.json(&["sync", "--json"]);
    assert_eq!(footnote.status()["vectors"], 1);
    let found = footnote.json(&["search", "harbour light", "--json"]);
    assert_eq!(found["coverage"]["words_alone"], false, "{found}");

    done(&models(&footnote, &hub, &["remove", "multilingual-e5-small"]));
    assert_eq!(in_use(&footnote.status(), "embed"), ("tiny", "built_in"));
    let error = error_of(&models(&footnote, &hub, &["use", "multilingual-e5-small"]));
    assert!(error.contains("is not on this computer"), "{error}");
}

#[test]
fn a_reranker_is_in_use_once_it_is_installed() {
    let (footnote, hub) = (Footnote::new(), hub());
    done(&models(&footnote, &hub, &["install", "ms-marco-minilm-l6-v2", "--yes"]));
    let status = footnote.status();
    assert_eq!(in_use(&status, "rerank"), ("cross-encoder/ms-marco-MiniLM-L6-v2", "installed"));
    let listed: Value = serde_json::from_str(&done(&models(&footnote, &hub, &["--json"]))).unwrap();
    let reranker =
        listed["models"].as_array().unwrap().iter().find(|model| model["role"] == "rerank").unwrap();
    assert_eq!((&reranker["place"], &reranker["in_use"]), (&"installed".into(), &true.into()));
}

#[test]
fn a_model_that_is_not_on_offer_is_answered_with_those_that_are() {
    let (footnote, hub) = (Footnote::new(), hub());
    let error = error_of(&models(&footnote, &hub, &["install", "bge-tiny", "--yes"]));
    assert!(error.contains("bge-small-en-v1.5, bge-large-en-v1.5"), "{error}");
}
