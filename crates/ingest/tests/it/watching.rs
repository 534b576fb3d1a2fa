//! Which folders are told of when something changes in them.

use std::fs;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use ingest::Watch;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::Fixture;

impl Fixture {
    async fn watch(&self) -> Watch {
        let watch = Watch::of(Arc::clone(&self.ingest.library));
        watch.look().await.unwrap();
        watch
    }

    async fn sync_only(&self, changed: Vec<PathBuf>) -> ingest::Report {
        self.ingest.sync(Some(changed), Arc::default(), CancellationToken::new()).await.unwrap()
    }
}

async fn changed(watch: &mut Watch) -> Vec<PathBuf> {
    timeout(Duration::from_secs(30), watch.changed()).await.expect("a change is told").unwrap()
}

async fn is_quiet(watch: &mut Watch) -> bool {
    timeout(Duration::from_secs(4), watch.changed()).await.is_err()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_is_told_and_reading_is_none() {
    let fixture = Fixture::new();
    let tides = fixture.write("tides.md", "The gauge is read at noon.");
    fixture.add().await;
    let mut watch = fixture.watch().await;
    fs::read(&tides).unwrap();
    fixture.write(".git/index", "what a program keeps");
    assert!(is_quiet(&mut watch).await);

    fixture.write("new/lamp.md", "The lamp was lit in 1871.");
    assert_eq!(changed(&mut watch).await, [fixture.documents()]);
    assert_eq!(fixture.sync_only(vec![fixture.documents()]).await.added, 1);
    // A folder that came later is watched as well.
    fixture.write("new/pier.md", "The pier was built in 1880.");
    assert_eq!(changed(&mut watch).await, [fixture.documents()]);
    assert_eq!(fixture.sync_only(vec![fixture.documents()]).await.added, 1);
    assert_eq!(watch.polled(), [] as [PathBuf; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_moves_between_folders_keeps_its_document() {
    let fixture = Fixture::new();
    let from = fixture.write("one/tides.md", "The gauge is read at noon.");
    fixture.write("one/stays.md", "The pier was built in 1880.");
    fixture.write("two/lamp.md", "The lamp was lit in 1871.");
    let folders = ["one", "two"].map(|name| fixture.documents().join(name));
    fixture.ingest.add(&folders, Arc::default(), CancellationToken::new()).await.unwrap();
    let id = fixture.ingest.library.known_document(&from).unwrap().unwrap().id;
    let mut watch = fixture.watch().await;
    let to = folders[1].join("gauge.md");
    fs::rename(&from, &to).unwrap();
    let told = changed(&mut watch).await;
    assert_eq!(told, folders);
    let report = fixture.sync_only(told).await;
    assert_eq!((report.moved, report.added, report.removed), (1, 0, 0));
    assert_eq!(fixture.ingest.library.known_document(&to).unwrap().unwrap().id, id);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_goes_and_comes_back_and_a_single_file_are_told_of() {
    let fixture = Fixture::new();
    fixture.write("drive/tides.md", "The gauge is read at noon.");
    let single = fixture.write("single.md", "The lamp was lit in 1871.");
    let (drive, elsewhere) = (fixture.documents().join("drive"), fixture.documents().join("elsewhere"));
    let paths = [drive.clone(), single.clone()];
    fixture.ingest.add(&paths, Arc::default(), CancellationToken::new()).await.unwrap();
    let mut watch = fixture.watch().await;
    fs::rename(&drive, &elsewhere).unwrap();
    let told = changed(&mut watch).await;
    assert_eq!(told, std::slice::from_ref(&drive));
    let report = fixture.sync_only(told).await;
    assert_eq!((report.removed, report.away.len()), (0, 1));
    fs::rename(&elsewhere, &drive).unwrap();
    fs::write(drive.join("lamp.md"), "The lamp was lit.").unwrap();
    let told = changed(&mut watch).await;
    assert_eq!(told, std::slice::from_ref(&drive));
    assert_eq!(fixture.sync_only(told).await.added, 1);
    while !is_quiet(&mut watch).await {}
    fs::write(drive.join("pier.md"), "The pier was built in 1880.").unwrap();
    assert_eq!(changed(&mut watch).await, [drive], "it is watched again");

    fs::write(&single, "The lamp was lit in 1872, says the harbour book.").unwrap();
    assert_eq!(changed(&mut watch).await, [single]);
}

/// A hundred files each, while ten folders are watched.
#[tokio::test(flavor = "multi_thread")]
async fn a_burst_of_changes_in_ten_folders_is_told_as_a_whole() {
    let fixture = Fixture::new();
    for folder in 0..10 {
        fixture.write(&format!("{folder}/first.md"), &format!("Folder {folder} of the harbour."));
    }
    let folders: Vec<PathBuf> = (0..10).map(|folder| fixture.documents().join(folder.to_string())).collect();
    fixture.ingest.add(&folders, Arc::default(), CancellationToken::new()).await.unwrap();
    let mut watch = fixture.watch().await;
    for number in 0..1_000 {
        fixture.write(&format!("{}/{number}.txt", number % 10), "");
    }
    let (mut told, mut times) = (Vec::new(), 0);
    while told.len() < 10 {
        told.extend(changed(&mut watch).await);
        told.sort();
        told.dedup();
        times += 1;
    }
    assert_eq!(told, folders);
    assert!(times <= 5, "told {times} times");
}
