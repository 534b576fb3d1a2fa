//! `footnote backup` and `footnote restore`

use std::fs;

use serde_json::Value;
use testkit::loopback::{CHAT_MODEL, Loopback, Options};

use crate::footnote::{Footnote, KEY, error_of};

#[test]
fn a_backup_brings_documents_conversations_and_settings_back_and_holds_no_key() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::new().with_key(KEY);
    footnote.status();
    let settings = footnote.library().join("settings.json");
    let with_secrets = format!(
        r#"{{"endpoint": {{"base_url": "{}", "chat_model": "{CHAT_MODEL}",
            "extra_headers": {{"x-team": "a-secret-header"}}}}, "context_tokens": 9000, "roles": {{"make_pictures":
            {{"endpoint": {{"base_url": "http://someone:a-secret-password@pictures.example", "image_model": "m"}}}}}}}}"#,
        loopback.base_url()
    );
    fs::write(&settings, with_secrets).unwrap();
    footnote.write("lamp.txt", "The lamp was lit in 1871.");
    footnote.add(&footnote.documents());
    footnote.ask("When was the lamp lit?");
    let file = footnote.documents().with_file_name("backup.footnote");
    let named = file.to_str().unwrap();
    let written = footnote.json(&["backup", named, "--json"]);
    assert_eq!(written["outcome"], "written");
    assert_eq!(written["bytes"], fs::metadata(&file).unwrap().len());
    let bytes = fs::read(&file).unwrap();
    for secret in [KEY, "a-secret-header", "a-secret-password"] {
        assert!(!bytes.windows(secret.len()).any(|window| window == secret.as_bytes()), "{secret}");
    }

    footnote.write("lamp.txt", "The lamp was put out.");
    footnote.json(&["sync", "--json"]);
    footnote.run(&["conversations", "delete", "1"]);
    fs::remove_file(&settings).unwrap();
    let unasked = footnote.run(&["restore", named]);
    assert_eq!(unasked.status.code(), Some(1));
    assert!(error_of(&unasked).contains("--yes"), "{}", error_of(&unasked));
    let restored = footnote.json(&["restore", named, "--yes", "--json"]);
    assert_eq!(restored["outcome"], "restored", "{restored}");
    assert_eq!(footnote.json(&["conversations", "list", "--json"]).as_array().map(Vec::len), Some(1));
    let settings: Value = serde_json::from_slice(&fs::read(&settings).unwrap()).unwrap();
    assert_eq!(
        (&settings["context_tokens"], &settings["endpoint"]["chat_model"]),
        (&9000.into(), &CHAT_MODEL.into())
    );
    let found = footnote.json(&["search", "lamp", "--json"]);
    assert!(found["passages"][0]["text"].as_str().unwrap().contains("1871"), "{found}");
    assert_eq!(footnote.status()["index"]["state"], "loaded", "the indexes were made at once");
}

#[test]
fn what_is_no_backup_is_refused_in_plain_words() {
    let footnote = Footnote::new();
    footnote.write("lamp.txt", "The lamp was lit in 1871.");
    footnote.add(&footnote.documents());
    let document = footnote.documents().join("lamp.txt");
    let refused = footnote.run(&["restore", document.to_str().unwrap(), "--yes", "--json"]);
    assert_eq!(refused.status.code(), Some(1));
    let error: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(error["error"]["reason"]["code"], "no-backup", "{error}");
    assert!(error_of(&refused).contains("is no backup"), "{}", error_of(&refused));
    assert_eq!(footnote.status()["documents"], 1);
    let nowhere = footnote.run(&["backup", "/no/such/folder/backup"]);
    assert_eq!(nowhere.status.code(), Some(1));
}

#[test]
fn the_doctor_says_what_was_wrong_and_that_a_library_is_whole() {
    let footnote = Footnote::new();
    footnote.write("lamp.txt", "The lamp was lit in 1871.");
    footnote.add(&footnote.documents());
    assert_eq!(String::from_utf8_lossy(&footnote.run(&["doctor"]).stdout), "The library is whole.\n");
    for entry in fs::read_dir(footnote.library().join("words")).unwrap().map(|entry| entry.unwrap().path()) {
        if entry.extension().is_some_and(|ending| ending == "term") {
            fs::write(entry, b"no terms").unwrap();
        }
    }
    let mended = footnote.json(&["doctor", "--json"]);
    assert_eq!(mended["mended"][0]["code"], "word-files", "{mended}");
    assert!(mended["mended"][0]["words"].as_str().unwrap().contains("made anew"), "{mended}");
    assert_eq!(footnote.json(&["doctor", "--json"])["mended"], serde_json::json!([]));

    fs::write(footnote.library().join("library.db"), b"no database".repeat(2_000)).unwrap();
    let refused = footnote.run(&["doctor", "--json"]);
    let error: Value = serde_json::from_slice(&refused.stdout).unwrap();
    assert_eq!(
        (refused.status.code(), &error["error"]["reason"]["code"]),
        (Some(1), &"library-damaged".into())
    );
}
