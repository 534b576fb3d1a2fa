//! The vector index is a cache of SQLite: reloaded where its files are good, rebuilt without a request where not.

use std::fs;

use testkit::loopback::{Loopback, Options};

use crate::footnote::{Footnote, KEY};

#[test]
fn the_index_is_reloaded_and_rebuilt_from_sqlite_when_its_files_are_gone_or_damaged() {
    let loopback = Loopback::start(Options { key: Some(KEY.to_owned()), ..Options::default() }).unwrap();
    let footnote = Footnote::with_endpoint(&loopback);
    for number in 0..20 {
        footnote.write(&format!("{number}.md"), format!("Observation {number} was taken at the quay."));
    }
    footnote.add(&footnote.documents());
    let requests = loopback.requests().len();
    assert_eq!(footnote.status()["index"]["state"], "loaded");

    fs::remove_dir_all(footnote.library().join("index")).unwrap();
    let rebuilt = footnote.status();
    assert_eq!(
        (rebuilt["index"]["state"].as_str(), rebuilt["index"]["vectors"].as_u64()),
        (Some("rebuilt"), Some(20))
    );

    footnote.json(&["sync", "--json"]);
    assert_eq!(footnote.status()["index"]["state"], "loaded", "the rebuilt index was saved");
    for entry in walk(&footnote.library().join("index")) {
        fs::write(&entry, b"not an index").unwrap();
    }
    assert_eq!(footnote.status()["index"]["state"], "rebuilt");
    assert_eq!(loopback.requests().len(), requests, "no request was made for any of it");
}

fn walk(directory: &std::path::Path) -> Vec<std::path::PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { walk(&path) } else { vec![path] }).collect()
}
