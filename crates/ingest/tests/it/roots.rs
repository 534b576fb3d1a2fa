//! Which folders and files a job looks at, and what it does where they are not as they were.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use ingest::{AwayFolder, FileKind, IngestError, Progress};
use libraries::Library;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

use crate::Fixture;

impl Fixture {
    async fn add_paths(&self, paths: &[PathBuf]) -> ingest::Report {
        self.ingest.add(paths, Arc::default(), CancellationToken::new()).await.unwrap()
    }

    fn documents_stored(&self) -> u32 {
        self.ingest.library.status().unwrap().documents
    }
}

#[tokio::test]
async fn a_folder_that_is_suddenly_empty_keeps_its_documents_until_a_person_removes_them() {
    let fixture = Fixture::new();
    let files =
        [fixture.write("tides.md", "The gauge is read at noon."), fixture.write("lamp.md", "It is lit.")];
    fixture.add().await;
    for file in &files {
        fs::remove_file(file).unwrap();
    }
    fixture.write("lost+found/core.dump", "what a file system leaves on an empty drive");
    for _ in 0..2 {
        let report = fixture.sync().await;
        assert_eq!(report.removed, 0);
        assert_eq!(report.away, [AwayFolder { path: fixture.documents(), documents: 2 }]);
    }
    assert_eq!(fixture.found("gauge"), ["tides.md"]);

    fixture.write("tides.md", "The gauge is read at noon.");
    let back = fixture.sync().await;
    assert_eq!((back.removed, back.away.len()), (1, 0), "what is missing in a folder that is there is gone");
    fixture.ingest.library.remove(&fixture.documents()).unwrap();
    assert_eq!(fixture.documents_stored(), 0);
}

#[tokio::test]
async fn a_drive_in_a_folder_that_is_not_connected_keeps_its_documents_until_a_person_removes_them() {
    let fixture = Fixture::new();
    fixture.write("lamp.md", "It is lit.");
    let drive = fixture.documents().join("drive");
    for file in ["drive/tides.md", "drive/old/pilots.md", "letters/rent.md"] {
        fixture.write(file, &format!("What {file} says of the gauge."));
    }
    fixture.add().await;
    // A test cannot connect a drive; that there was one is what the library would know.
    fixture.ingest.library.set_mount_points(&fixture.documents(), std::slice::from_ref(&drive)).unwrap();
    fs::remove_dir_all(fixture.documents().join("letters")).unwrap();
    fs::remove_dir_all(&drive).unwrap();
    for mount_point_stays in [true, false] {
        if mount_point_stays {
            fs::create_dir(&drive).unwrap();
        }
        let report = fixture.sync().await;
        assert_eq!(report.removed, u32::from(mount_point_stays), "only the letters");
        assert_eq!(report.away, [AwayFolder { path: drive.clone(), documents: 2 }]);
        if mount_point_stays {
            fs::remove_dir(&drive).unwrap();
        }
    }
    assert_eq!(fixture.found("tides"), ["drive/tides.md"]);

    fixture.write("drive/tides.md", "What drive/tides.md says of the gauge.");
    let back = fixture.sync().await;
    assert_eq!((back.removed, back.away.len()), (1, 0), "what lies in it lies there without a drive");
    fs::remove_dir_all(&drive).unwrap();
    assert_eq!(fixture.sync().await.removed, 1);
}

#[tokio::test]
async fn files_that_are_not_read_are_counted_by_their_kinds() {
    let fixture = Fixture::new();
    for name in ["tides.md", "a.xyz", "b.XYZ", "letter to Mr. Smith", ".hidden", "node_modules/lib.md"] {
        fixture.write(name, &format!("\u{0}{name}"));
    }
    let report = fixture.add().await;
    let expected = [
        (FileKind::Extension("xyz".to_owned()), 2),
        (FileKind::NoExtension, 1),
        (FileKind::Hidden, 1),
        (FileKind::OfPrograms, 1),
    ];
    assert_eq!(report.passed_over, BTreeMap::from(expected));
}

#[tokio::test]
async fn overlapping_folders_are_looked_at_once() {
    let fixture = Fixture::new();
    let (lease, sub) = (fixture.write("sub/lease.md", "The rent is due."), fixture.documents().join("sub"));
    fixture.write("tides.md", "The gauge is read at noon.");
    let paths = [sub.clone(), fixture.documents(), sub.clone(), lease.clone(), sub.join("../")];
    let report = fixture.add_paths(&paths).await;
    assert_eq!((report.added, report.unchanged), (2, 0));
    let folders: Vec<PathBuf> =
        fixture.ingest.library.folders().unwrap().into_iter().map(|folder| folder.path).collect();
    assert_eq!(folders, [fixture.documents()]);
    assert_eq!(fixture.sync().await.unchanged, 2);

    let report = fixture.add_paths(&[lease, sub]).await;
    assert_eq!((report.added, report.unchanged), (0, 1));
    assert_eq!(fixture.ingest.library.folders().unwrap().len(), 1);
}

#[cfg(unix)]
#[tokio::test]
async fn a_link_to_a_remembered_folder_is_that_folder() {
    let fixture = Fixture::new();
    fixture.write("sub/tides.md", "The gauge is read at noon.");
    fixture.add().await;
    let link = fixture.directory.path().join("link");
    std::os::unix::fs::symlink(fixture.documents(), &link).unwrap();
    let report = fixture.add_paths(&[link.join("sub"), link]).await;
    assert_eq!((report.added, report.unchanged), (0, 1));
}

#[tokio::test]
async fn a_path_that_is_not_there_does_not_keep_the_others_out() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "The gauge is read at noon.");
    let missing = fixture.directory.path().join("tydes");
    let report = fixture.add_paths(&[missing.clone(), fixture.documents()]).await;
    assert_eq!(report.added, 1);
    assert!(matches!(&report.missing[..], [IngestError::NoSuchPath { path, .. }] if *path == missing));
}

#[tokio::test]
async fn what_a_person_took_out_stays_out_until_it_is_added_again() {
    let fixture = Fixture::new();
    let lamp = fixture.write("lamp.md", "The lamp was lit in 1871.");
    fixture.write("tides.md", "The gauge is read at noon.");
    fixture.add().await;
    fixture.ingest.library.remove(&lamp).unwrap();
    assert_eq!(fixture.sync().await.added, 0);
    assert_eq!(fixture.add().await.added, 0);
    assert!(lamp.exists());
    assert_eq!(fixture.add_paths(&[lamp]).await.added, 1);
    assert_eq!(fixture.sync().await.unchanged, 2);
}

#[cfg(unix)]
#[tokio::test]
async fn files_whose_names_are_not_unicode_are_read_with_the_others() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt as _;

    let fixture = Fixture::new();
    fixture.write("a.md", "The gauge is read at noon.");
    for name in [&b"caf\xe9.md"[..], b"caf\xe8.md", b"\xff/z.md"] {
        let path = fixture.documents().join(Path::new(OsStr::from_bytes(name)));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "The menu changes on Monday.").unwrap();
    }
    let report = fixture.add().await;
    assert_eq!((report.added, report.failures.len()), (4, 0));
    assert_eq!(fixture.sync().await.unchanged, 4);
}

/// More files than a walk runs ahead of the readers, each of which meets an error at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_library_that_cannot_be_written_ends_the_job() {
    let fixture = Fixture::new();
    for number in 0..600 {
        fixture.write(&format!("{number}.md"), "The gauge is read at noon.");
    }
    let other = Library::open(&fixture.directory.path().join("library")).unwrap();
    let folder = other.add_folder(&fixture.documents(), |_| true).unwrap();
    let job = fixture.ingest.sync(None, Arc::default(), CancellationToken::new());
    let report = timeout(Duration::from_secs(20), job).await.expect("it ends").unwrap();
    assert!(matches!(report.error, Some(IngestError::Library(library::Error::InUse { .. }))), "{report:?}");
    assert_eq!(other.folders().unwrap()[0].id, folder);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_job_that_is_dropped_leaves_nothing_running() {
    let fixture = Fixture::new();
    for number in 0..200 {
        fixture.write(&format!("{number}.md"), &format!("Observation {number} was taken at the quay."));
    }
    let progress = Arc::<Progress>::default();
    let (paths, watched) = ([fixture.documents()], Arc::clone(&progress));
    let begun = async {
        while watched.snapshot().files_done == 0 {
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    };
    tokio::select! {
        _ = fixture.ingest.add(&paths, progress, CancellationToken::new()) => panic!("it was to be dropped"),
        () = begun => {}
    }
    let other = Library::open(&fixture.directory.path().join("library")).unwrap();
    let free = async {
        while other.add_folder(Path::new("/elsewhere"), |_| true).is_err() {
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
    };
    timeout(Duration::from_secs(20), free).await.expect("another process may change the library");
    assert!(fixture.documents_stored() < 200);
}

#[tokio::test]
async fn what_a_rule_leaves_out_goes_and_what_a_person_names_all_the_same_stays() {
    let fixture = Fixture::new();
    let draft = fixture.write("draft.md", "The dues of the harbour rise.");
    fixture.write("old/rent.md", "The rent was due.");
    fixture.write("tides.md", "The gauge is read at noon.");
    fixture.add().await;
    fixture.write(".footnoteignore", "draft.md\nold/\n");
    let report = fixture.sync().await;
    assert_eq!((report.removed, report.unchanged), (2, 1));
    assert_eq!(report.passed_over, BTreeMap::from([(FileKind::Hidden, 1), (FileKind::Ignored, 2)]));

    assert_eq!(fixture.add_paths(std::slice::from_ref(&draft)).await.added, 1);
    let again = fixture.sync().await;
    assert_eq!((again.removed, again.unchanged), (0, 2));
    fs::write(&draft, "The dues of the harbour fall.").unwrap();
    assert_eq!(fixture.sync().await.updated, 1, "it is looked at by itself");
}

#[cfg(unix)]
#[tokio::test]
async fn pipes_are_passed_by_and_folders_too_deep_for_a_path_are_named() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "The gauge is read at noon.");
    let pipe = fixture.documents().join("pipe.md");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    // Made from within, as no path leads so deep.
    let deep =
        "for i in $(seq 30); do d=$(printf 'd%.0s' $(seq 200)); mkdir $d; cd $d; done; echo deep > deep.md";
    let made = std::process::Command::new("sh").args(["-c", deep]).current_dir(fixture.documents()).status();
    assert!(made.unwrap().success());
    let report = timeout(Duration::from_secs(30), fixture.add_paths(&[fixture.documents(), pipe])).await;
    let report = report.expect("a pipe that nobody writes into holds nothing up");
    // The last folder that a path leads to has the other file.
    assert_eq!((report.added, report.failures.len()), (2, 1), "{:?}", report.failures);
    assert_eq!(report.failures[0].reason.code(), "unreadable");
    // What a walk cannot go down is not taken away by one either.
    let clear = std::process::Command::new("rm").arg("-rf").arg(fixture.documents()).status();
    assert!(clear.unwrap().success());
}

#[tokio::test]
async fn a_clock_that_goes_back_hides_no_change() {
    let fixture = Fixture::new();
    let log = fixture.write("log.md", "The gauge is read at noon.");
    fixture.add().await;
    fs::write(&log, "The gauge is read at nine.").unwrap();
    let long_ago = std::time::SystemTime::UNIX_EPOCH + Duration::from_secs(86_400);
    fs::File::options().write(true).open(&log).unwrap().set_modified(long_ago).unwrap();
    assert_eq!(fixture.sync().await.updated, 1);
    assert_eq!(fixture.found("nine"), ["log.md"]);
}
