//! Models from a hub and from folders.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Mutex;
use std::time::Duration;

use endpoint::{ErrorKind, Hub as Client, Ledger};
use inference::{
    EntailmentModel, InferenceError, ModelFolder, Pooling, RelevanceModel, SentenceVectors, Task, Urgency,
};
use models::{Fetched, InstallError, Installer, Offer};
use tempfile::TempDir;
use testkit::hub::{Files, Hub, HubFault};
use testkit::tiny_models;

const NETWORK: &str = "onnx/model.onnx";

struct Place {
    directory: TempDir,
    installer: Installer,
}

impl Place {
    fn new() -> Self {
        let directory = tempfile::tempdir().expect("a folder");
        let installer = Installer::at(directory.path().join("models"));
        Self { directory, installer }
    }

    fn model(&self, id: &str) -> ModelFolder {
        ModelFolder::open(&self.directory.path().join("models").join(id)).expect("a model")
    }

    /// Writes a model's files as a clone of its repository has them.
    fn cloned(&self, name: &str, files: &Files) -> std::path::PathBuf {
        let folder = self.directory.path().join(name);
        for (path, bytes) in files {
            let path = folder.join(path);
            fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
            fs::write(path, bytes).expect("a file");
        }
        folder
    }
}

fn offer(id: &str) -> &'static Offer {
    Offer::find(id).expect("it is on offer")
}

fn hub(files: &Files) -> Hub {
    let names = ["intfloat/multilingual-e5-small", "BAAI/bge-small-en-v1.5"];
    Hub::start(names.map(|name| (name.to_owned(), files.clone())).into()).expect("a hub")
}

async fn install(place: &Place, hub: &Hub, id: &str) -> Result<Vec<Fetched>, InstallError> {
    let told = Mutex::new(Vec::new());
    let client = Client::new(&hub.address(), Ledger::unkept()).expect("a client");
    place.installer.install(&client, offer(id), |fetched| told.lock().expect("told").push(fetched)).await?;
    Ok(told.into_inner().expect("told"))
}

fn length(files: &Files) -> u64 {
    files.values().map(|bytes| bytes.len() as u64).sum()
}

#[tokio::test]
async fn a_model_is_fetched_described_by_its_own_files_and_works() {
    let files = tiny_models::hub_sentence_vectors();
    let (place, hub) = (Place::new(), hub(&files));
    let told = install(&place, &hub, "multilingual-e5-small").await.expect("installed");
    assert!(told.is_sorted_by_key(|fetched| fetched.bytes), "{told:?}");
    let all = Fetched { bytes: length(&files), total: length(&files) };
    assert_eq!(told.last(), Some(&all));

    let model = place.model("multilingual-e5-small");
    let manifest = model.manifest().clone();
    assert_eq!(
        (manifest.name.as_str(), manifest.license.as_str()),
        ("intfloat/multilingual-e5-small", "MIT")
    );
    let Task::SentenceVectors { longest_input, pooling, question_instruction, passage_instruction, .. } =
        manifest.task
    else {
        panic!("{manifest:?}")
    };
    assert_eq!((longest_input, pooling), (64, Pooling::Mean));
    assert_eq!((question_instruction.as_str(), passage_instruction.as_str()), ("query: ", "passage: "));
    let vectors = SentenceVectors::new(model).expect("a model");
    let long = "tide ".repeat(100);
    let embedded =
        vectors.embed(&["the harbour light", "The harbour light", &long], Urgency::Question, &|| false);
    let embedded = embedded.expect("vectors");
    assert_eq!(embedded[0], embedded[1], "its own tokenizer knows no capitals");
    assert_eq!(vectors.cut(), 1);
    let left: Vec<_> =
        fs::read_dir(place.directory.path().join("models")).expect("models").flatten().collect();
    assert_eq!(left.len(), 1, "nothing is left of the installation");
}

#[tokio::test]
async fn what_a_hub_broke_off_in_is_fetched_from_there_on() {
    let files = tiny_models::hub_sentence_vectors();
    let (place, hub) = (Place::new(), hub(&files));
    hub.inject(HubFault::BreakOffAfter(100_000));
    install(&place, &hub, "bge-small-en-v1.5").await.expect("installed");
    let asked = hub.asked();
    let [(_, None), (_, Some(rest))] = &asked[..] else { panic!("{asked:?}") };
    let from: u64 = rest.trim_start_matches("bytes=").trim_end_matches('-').parse().expect("a number");
    // What was on its way when the connection broke is lost.
    assert!((1..=100_000).contains(&from), "{rest}");
    let Task::SentenceVectors { question_instruction, .. } =
        &place.model("bge-small-en-v1.5").manifest().task.clone()
    else {
        panic!("it embeds")
    };
    assert!(question_instruction.starts_with("Represent this sentence"), "{question_instruction}");
}

#[tokio::test]
async fn what_was_stopped_goes_on_from_where_it_was() {
    let files = tiny_models::hub_sentence_vectors();
    let (place, hub) = (Place::new(), hub(&files));
    hub.inject(HubFault::StallAfter(100_000));
    let stopped =
        tokio::time::timeout(Duration::from_secs(2), install(&place, &hub, "bge-small-en-v1.5")).await;
    assert!(stopped.is_err(), "it was stopped");
    let small = length(&files) - files[NETWORK].len() as u64;
    assert_eq!(place.installer.fetched("bge-small-en-v1.5"), small + 100_000);

    let told = install(&place, &hub, "bge-small-en-v1.5").await.expect("installed");
    assert_eq!(hub.asked().last(), Some(&(NETWORK.to_owned(), Some("bytes=100000-".to_owned()))));
    assert!(told.iter().any(|fetched| fetched.bytes == small + 100_000), "{told:?}");
    assert_eq!(place.installer.fetched("bge-small-en-v1.5"), 0, "it is installed");
}

#[tokio::test]
async fn a_hub_that_serves_whole_files_only_is_asked_for_the_whole() {
    let (place, hub) = (Place::new(), hub(&tiny_models::hub_sentence_vectors()));
    hub.inject(HubFault::BreakOffAfter(100_000));
    hub.inject(HubFault::Whole);
    install(&place, &hub, "bge-small-en-v1.5").await.expect("installed");
    place.model("bge-small-en-v1.5").verify().expect("the right bytes");
}

#[tokio::test]
async fn a_file_that_is_not_what_the_hub_says_is_named_and_thrown_away() {
    let files = tiny_models::hub_sentence_vectors();
    let (place, hub) = (Place::new(), hub(&files));
    let small = length(&files) - files[NETWORK].len() as u64;
    hub.inject(HubFault::OtherByte);
    let error = install(&place, &hub, "bge-small-en-v1.5").await.expect_err("a byte is another");
    assert!(matches!(&error, InstallError::WrongChecksum { file } if file == NETWORK), "{error}");
    hub.inject(HubFault::EndAfter(5_000));
    let error = install(&place, &hub, "bge-small-en-v1.5").await.expect_err("the end is missing");
    assert!(matches!(&error, InstallError::WrongLength { received: 5_000, .. }), "{error}");
    assert_eq!(place.installer.fetched("bge-small-en-v1.5"), small, "what is right is kept");
    install(&place, &hub, "bge-small-en-v1.5").await.expect("installed");
    assert!(hub.asked().iter().all(|(_, range)| range.is_none()), "{:?}", hub.asked());
}

#[tokio::test]
async fn a_model_that_the_hub_does_not_have_or_that_cannot_be_run_is_not_installed() {
    let (place, none) = (Place::new(), Hub::start(BTreeMap::new()).expect("a hub"));
    let error = install(&place, &none, "bge-small-en-v1.5").await.expect_err("there is none");
    assert!(
        matches!(&error, InstallError::Hub { source, .. } if source.kind() == ErrorKind::Unauthorized),
        "{error}"
    );

    let mut files = tiny_models::hub_sentence_vectors();
    files.remove("tokenizer.json");
    let error = install(&place, &hub(&files), "bge-small-en-v1.5").await.expect_err("no tokenizer");
    assert!(matches!(&error, InstallError::Missing { file, .. } if file == "tokenizer.json"), "{error}");

    let mut files = tiny_models::hub_sentence_vectors();
    files.insert(NETWORK.to_owned(), vec![7; 20_000]);
    let error = install(&place, &hub(&files), "bge-small-en-v1.5").await.expect_err("no network");
    assert!(matches!(error, InstallError::Unusable(_)), "{error}");
    assert_eq!(place.installer.fetched("bge-small-en-v1.5"), 0, "it was thrown away");
}

#[test]
fn a_folder_is_imported_by_what_its_files_say() {
    let place = Place::new();
    let reranker = place.cloned("Tiny-Reranker", &tiny_models::hub_relevance());
    assert_eq!(place.installer.import(&reranker).expect("imported"), "tiny-reranker");
    let model = RelevanceModel::new(place.model("tiny-reranker")).expect("a reranker");
    assert_eq!(model.relevances("tide?", &["The tide.", "Bread."], &|| false).expect("grades").len(), 2);

    let verifier = place.cloned("Tiny-Verifier", &tiny_models::hub_entailment());
    assert_eq!(place.installer.import(&verifier).expect("imported"), "tiny-verifier");
    let model = EntailmentModel::new(place.model("tiny-verifier")).expect("a model of entailment");
    let judgement = model.judge("The light was lit first.", "The light was lit.", &|| false);
    assert!(["contradiction", "entailment", "neutral"].contains(&&*judgement.expect("a judgement").label));

    let of_another_footnote = place.directory.path().join("tiny");
    tiny_models::write_sentence_vectors(&of_another_footnote, "tiny").expect("a model");
    assert_eq!(place.installer.import(&of_another_footnote).expect("imported"), "tiny");
    assert!(matches!(place.model("tiny").manifest().task, Task::SentenceVectors { .. }));
    fs::write(of_another_footnote.join("model.onnx"), "other").expect("a file");
    let error = place.installer.import(&of_another_footnote).expect_err("it is damaged");
    assert!(matches!(error, InstallError::Unusable(InferenceError::Damaged(_))), "{error}");
    place.model("tiny").verify().expect("the one that was there is kept");
}

#[test]
fn what_this_version_cannot_run_as_it_was_made_is_not_imported() {
    let place = Place::new();
    for (name, file, text) in [
        (
            "moods",
            "config.json",
            r#"{"architectures": ["BertForSequenceClassification"],
            "max_position_embeddings": 64, "id2label": {"0": "joy", "1": "anger", "2": "fear"}}"#,
        ),
        ("weighted", "1_Pooling/config.json", r#"{"pooling_mode_weightedmean_tokens": true}"#),
        ("dense", "modules.json", r#"[{"type": "sentence_transformers.models.Dense"}]"#),
        ("endless", "config.json", r#"{"architectures": ["BertModel"]}"#),
    ] {
        let mut files = tiny_models::hub_sentence_vectors();
        files.remove("tokenizer_config.json");
        files.insert(file.to_owned(), text.as_bytes().to_vec());
        let error = place.installer.import(&place.cloned(name, &files)).expect_err(name);
        let (InstallError::ManyClasses(path)
        | InstallError::WithoutLength(path)
        | InstallError::UnknownPart { path, .. }) = &error
        else {
            panic!("{name}: {error}");
        };
        assert!(path.ends_with(file), "{name}: {error}");
        assert_eq!(place.installer.fetched(name), 0);
    }
}

#[test]
fn a_model_is_removed_and_nothing_else_is() {
    let place = Place::new();
    let folder = place.cloned("tiny", &tiny_models::hub_sentence_vectors());
    place.installer.import(&folder).expect("imported");
    for name in ["", ".", "..", "../tiny", "tiny/..", "another"] {
        let error = place.installer.remove(name).expect_err(name);
        assert!(matches!(error, InstallError::NotInstalled(_)), "{error}");
    }
    place.installer.remove("tiny").expect("removed");
    assert!(!place.directory.path().join("models/tiny").exists() && Path::new(&folder).exists());
}
