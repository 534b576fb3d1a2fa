use std::fs;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};
use tempfile::TempDir;
use testkit::loopback::{CHAT_MODEL, EMBEDDING_MODEL, Loopback, Options};

use crate::api::{
    ChatCheck, EmbeddingCheck, EndpointRequest, EndpointSettings, ErrorCode, IndexEvent, IndexOutcome,
    KeyPlace, LongerTexts, Prices, Role, SecondOpinions, SettingsView,
};
use crate::keychain::in_memory::InMemory;
use crate::{Engine, EngineOptions, Keychain, NoKeychain, Overrides, WorkerCommand};

const KEY: &str = "sk-typed-in-4711";

struct Locked;

impl Keychain for Locked {
    fn read(&self, _: &str) -> Option<SecretString> {
        None
    }

    fn store(&self, _: &str, _: &SecretString) -> Result<(), NoKeychain> {
        Err(NoKeychain)
    }

    fn delete(&self, _: &str) {}
}

fn open(directory: &TempDir, keychain: Arc<dyn Keychain>) -> Engine {
    Engine::open(EngineOptions {
        directory: directory.path().to_owned(),
        team: None,
        overrides: Overrides::default(),
        keychain: Some(keychain),
        worker: WorkerCommand::current_executable().unwrap(),
    })
    .unwrap()
}

fn loopback() -> Loopback {
    Loopback::start(Options { key: Some(KEY.to_owned()), batch_cap: 16, ..Options::default() }).unwrap()
}

fn request(base_url: &str, key: Option<&str>) -> EndpointRequest {
    EndpointRequest {
        endpoint: Some(EndpointSettings {
            preset: Some("custom".to_owned()),
            base_url: base_url.to_owned(),
            chat_model: Some(CHAT_MODEL.to_owned()),
            embedding_model: Some(EMBEDDING_MODEL.to_owned()),
            ..EndpointSettings::default()
        }),
        key: key.map(str::to_owned),
        prices: None,
        second_opinions: SecondOpinions::default(),
    }
}

fn shown(engine: &Engine) -> SettingsView {
    super::view(&engine.configuration()).unwrap()
}

#[test]
fn what_is_set_is_there_after_a_restart_and_the_key_is_in_the_keychain_alone() {
    let directory = tempfile::tempdir().unwrap();
    let keychain = Arc::new(InMemory::default());
    let prices = Some(Prices { prompt: 0.06, completion: 0.12 });
    let second_opinions = SecondOpinions::Always;
    let set = EndpointRequest { prices, second_opinions, ..request("https://api.example.com/v1", Some(KEY)) };
    let view = open(&directory, keychain.clone()).put_in_force(&set).unwrap();
    assert_eq!((view.key, view.endpoint.as_ref()), (KeyPlace::Keychain, set.endpoint.as_ref()));
    assert_eq!((view.prices, view.second_opinions), (prices, second_opinions));

    let again = open(&directory, keychain.clone());
    assert_eq!(shown(&again), view);
    let models = again.models();
    let key = models.endpoint(Role::Write).unwrap().profile().key.as_ref().unwrap();
    assert_eq!(key.expose_secret(), KEY);
    let file = fs::read_to_string(directory.path().join("settings.json")).unwrap();
    assert!(!file.contains(KEY) && !format!("{view:?} {set:?}").contains(KEY), "{file}");

    let forgotten = again.put_in_force(&request("https://api.example.com/v1", Some(""))).unwrap();
    assert_eq!((forgotten.key, keychain.0.lock().unwrap().len()), (KeyPlace::Nowhere, 0));
    let built_in = EndpointRequest { endpoint: None, ..request("", None) };
    assert_eq!(again.put_in_force(&built_in).unwrap().endpoint, None);
    assert!(again.models().built_in());
}

#[test]
fn without_a_keychain_the_key_lasts_as_long_as_the_session() {
    let directory = tempfile::tempdir().unwrap();
    let engine = open(&directory, Arc::new(Locked));
    let view = engine.put_in_force(&request("https://api.example.com", Some(KEY))).unwrap();
    assert_eq!(view.key, KeyPlace::Session);
    let kept = engine.put_in_force(&request("https://api.example.com", None)).unwrap();
    assert_eq!(kept.key, KeyPlace::Session, "no new key was typed");
    let elsewhere = engine.put_in_force(&request("https://other.example.com", None)).unwrap();
    assert_eq!(elsewhere.key, KeyPlace::Nowhere, "a key is for its own host");
    assert_eq!(shown(&open(&directory, Arc::new(Locked))).key, KeyPlace::Nowhere);
}

/// Stays locked until the test unlocks it.
struct Prompting {
    asked: SyncSender<()>,
    unlocked: Mutex<Receiver<()>>,
}

impl Keychain for Prompting {
    fn read(&self, _: &str) -> Option<SecretString> {
        None
    }

    fn store(&self, _: &str, _: &SecretString) -> Result<(), NoKeychain> {
        self.asked.send(()).unwrap();
        self.unlocked.lock().unwrap().recv().map_err(|_| NoKeychain)
    }

    fn delete(&self, _: &str) {}
}

#[test]
fn the_settings_can_be_read_while_the_keychain_waits_for_the_person() {
    let directory = tempfile::tempdir().unwrap();
    let (asked, is_asked) = sync_channel(1);
    let (unlock, unlocked) = sync_channel(1);
    let engine = open(&directory, Arc::new(Prompting { asked, unlocked: Mutex::new(unlocked) }));
    let set = request("https://api.example.com", Some(KEY));
    std::thread::scope(|scope| {
        let changing = scope.spawn(|| engine.put_in_force(&set));
        is_asked.recv().unwrap();
        assert_eq!(shown(&engine).endpoint, None, "not yet");
        unlock.send(()).unwrap();
        assert!(changing.join().unwrap().unwrap().endpoint.is_some());
    });
}

#[test]
fn what_was_written_by_hand_stays_with_its_endpoint() {
    let directory = tempfile::tempdir().unwrap();
    let by_hand = r#"{"preset": "gateway", "context_tokens": 16000,
        "endpoint": {"base_url": "https://gateway.example", "extra_parameters": {"memory_strategy": {"name": "last_k"}}}}"#;
    fs::write(directory.path().join("settings.json"), by_hand).unwrap();
    let engine = open(&directory, Arc::new(InMemory::default()));
    let mut set = request("https://gateway.example", None);
    set.endpoint.as_mut().unwrap().preset = Some("gateway".to_owned());
    engine.put_in_force(&set).unwrap();
    let models = engine.models();
    assert!(models.endpoint(Role::Write).unwrap().profile().extra_parameters.contains_key("memory_strategy"));
    assert_eq!(models.answerer.context_tokens(), 16_000);

    engine.put_in_force(&request("https://api.example.com", None)).unwrap();
    assert!(engine.models().endpoint(Role::Write).unwrap().profile().extra_parameters.is_empty());
}

#[test]
fn a_model_on_this_computer_serves_in_the_place_of_the_endpoints_until_that_is_named_again() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("settings.json");
    let chosen = r#"{"preset": "custom", "roles": {"embed": {"installed": "tiny"}},
        "endpoint": {"base_url": "https://api.example.com", "embedding_model": "large"}}"#;
    fs::write(&file, chosen).unwrap();
    let engine = open(&directory, Arc::new(InMemory::default()));
    let model = |view: SettingsView| view.endpoint.unwrap().embedding_model;
    assert_eq!(model(shown(&engine)), None);

    let mut set = request("https://api.example.com", None);
    set.endpoint.as_mut().unwrap().embedding_model = None;
    assert_eq!(model(engine.put_in_force(&set).unwrap()), None);
    let kept = fs::read_to_string(&file).unwrap();
    assert!(kept.contains("tiny") && kept.contains("large"), "{kept}");

    set.endpoint.as_mut().unwrap().embedding_model = Some("large".to_owned());
    assert_eq!(model(engine.put_in_force(&set).unwrap()).as_deref(), Some("large"));
    assert!(!fs::read_to_string(&file).unwrap().contains("tiny"));
}

#[test]
fn an_endpoint_that_cannot_be_called_changes_nothing() {
    let directory = tempfile::tempdir().unwrap();
    let engine = open(&directory, Arc::new(InMemory::default()));
    let before = shown(&engine);
    assert!(engine.put_in_force(&request("", None)).is_err());
    assert!(engine.put_in_force(&request("https://api.example.com", Some("a\nb"))).is_err());
    assert_eq!(shown(&engine), before);
}

#[tokio::test]
async fn an_endpoint_is_tried_and_its_models_listed_before_it_is_used() {
    let directory = tempfile::tempdir().unwrap();
    let engine = open(&directory, Arc::new(InMemory::default()));
    let server = loopback();
    let typed = request(&server.base_url(), Some(KEY));
    let check = engine.try_endpoint(&typed).await.unwrap();
    assert_eq!((check.reachable, check.key_accepted), (true, Some(true)));
    assert!(matches!(
        check.embeddings,
        Some(EmbeddingCheck::Works { dimensions: 1024, texts: 16, longer_texts: LongerTexts::Untried, .. })
    ));
    assert!(matches!(check.chat, Some(ChatCheck::Works { streams: true, usage_in_stream: true, .. })));
    let models = engine.endpoint_models(&typed).await.unwrap();
    let chat = models.iter().find(|model| model.id == CHAT_MODEL).unwrap();
    assert!(chat.context_tokens.is_some() && models.is_sorted_by_key(|model| &model.id));

    let wrong = request(&server.base_url(), Some("sk-wrong"));
    assert_eq!(engine.try_endpoint(&wrong).await.unwrap().key_accepted, Some(false));
    assert_eq!(engine.endpoint_models(&wrong).await.unwrap_err().code, ErrorCode::Key);
    assert_eq!(shown(&engine).endpoint, None, "nothing was set");
}

#[tokio::test]
async fn another_embedding_model_has_its_turn_after_the_job_under_way() {
    let directory = tempfile::tempdir().unwrap();
    let old = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures/libraries/schema-6.db");
    fs::copy(old, directory.path().join("library.db")).unwrap();
    let engine = Arc::new(open(&directory, Arc::new(InMemory::default())));
    let loopback = loopback();
    engine.change_settings(request(&loopback.base_url(), Some(KEY))).await.unwrap();
    let events = Mutex::new(Vec::new());
    let embedding = engine.embed(|event| events.lock().unwrap().push(event));
    let job = engine.jobs.turn().await;
    let rest = async {
        tokio::time::sleep(Duration::from_millis(50)).await;
        assert_eq!((loopback.requests().len(), events.lock().unwrap().len()), (0, 0));
        drop(job);
    };
    let (embedded, ()) = tokio::join!(embedding, rest);
    embedded.unwrap();
    let status = engine.status().await.unwrap();
    assert_eq!((status.chunks, status.vectors), (2, 2));
    let Some(IndexEvent::Finished { summary }) = events.lock().unwrap().pop() else { panic!() };
    assert_eq!((summary.outcome, summary.chunks, summary.added), (IndexOutcome::Completed, 2, 0));

    engine.embed(|event| panic!("nothing is left to embed, and yet: {event:?}")).await.unwrap();
}
