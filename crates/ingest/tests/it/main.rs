//! Folders on disk to a library that can be searched, with an embedder that knows words.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod chunks;
mod recognition;
mod roots;
mod watching;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::time::Duration;

use async_trait::async_trait;
use extract::{Extractor, Limits, WorkerCommand};
use ingest::{AwayFolder, Ingest, IngestError, Progress, Report};
use libraries::Library;
use library::{Query, Scope};
use models::{Embedded, Embedder, ModelError, Urgency};
use testkit::word_vector;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;

/// The embedder of these tests has no vector for a text with this word.
const WITHOUT_A_VECTOR: &str = "dredger";

/// Knows words, and counts the texts that it is given.
struct Counting {
    model: &'static str,
    texts: AtomicUsize,
}

#[async_trait]
impl Embedder for Counting {
    fn name(&self) -> &str {
        self.model
    }

    fn passage_instruction(&self) -> &str {
        ""
    }

    fn batch_size(&self) -> usize {
        4
    }

    fn concurrency(&self) -> usize {
        2
    }

    async fn embed_passages(&self, texts: &[String], _: Urgency) -> Result<Vec<Embedded>, ModelError> {
        self.texts.fetch_add(texts.len(), SeqCst);
        let embed = |text: &String| {
            if text.contains(WITHOUT_A_VECTOR) {
                return Err(ModelError::ZeroVector { model: self.model.to_owned() });
            }
            Ok(word_vector(text))
        };
        Ok(texts.iter().map(embed).collect())
    }

    async fn embed_question(&self, question: &str) -> Result<Vec<f32>, ModelError> {
        Ok(word_vector(question))
    }
}

/// A folder of documents beside the library that they go into.
struct Fixture {
    directory: tempfile::TempDir,
    embedder: Arc<Counting>,
    ingest: Ingest,
}

impl Fixture {
    fn new() -> Self {
        let directory = tempfile::tempdir().unwrap();
        let worker = Path::new(env!("CARGO_BIN_EXE_ingest-test-worker")).to_owned();
        let command = WorkerCommand { program: worker, arguments: Vec::new() };
        let embedder = Arc::new(Counting { model: "words", texts: AtomicUsize::new(0) });
        fs::create_dir(directory.path().join("documents")).unwrap();
        let ingest = Ingest {
            library: Arc::new(Library::open(&directory.path().join("library")).unwrap()),
            extractor: Arc::new(Extractor::new(command, Limits::default())),
            embedder: Some(Arc::clone(&embedder) as _),
            source: None,
            passwords: Arc::new(|_| None),
            pause: Arc::default(),
            turn: None,
        };
        Self { directory, embedder, ingest }
    }

    fn documents(&self) -> PathBuf {
        self.directory.path().join("documents")
    }

    fn write(&self, name: &str, text: &str) -> PathBuf {
        let path = self.documents().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    async fn add(&self) -> Report {
        let paths = [self.documents()];
        self.ingest.add(&paths, Arc::default(), CancellationToken::new()).await.unwrap()
    }

    async fn sync(&self) -> Report {
        self.ingest.sync(None, Arc::default(), CancellationToken::new()).await.unwrap()
    }

    fn found(&self, words: &str) -> Vec<String> {
        let library = &self.ingest.library;
        let scope = Scope::default();
        let query = Query { text: words, vector: None, scope: &scope, chunks: 10, pages: 0, near: 0 };
        let hits = library.candidates(&query).unwrap().lexical;
        let chunks: Vec<_> = hits.iter().map(|hit| hit.chunk).collect();
        let name = |path: &Path| path.strip_prefix(self.documents()).unwrap().to_string_lossy().into_owned();
        library.passages(&chunks).unwrap().iter().map(|passage| name(&passage.path)).collect()
    }

    fn embedded(&self) -> usize {
        self.embedder.texts.load(SeqCst)
    }
}

#[tokio::test]
async fn without_a_model_the_words_are_found_and_a_model_that_comes_later_embeds_them() {
    let mut fixture = Fixture::new();
    fixture.write("tides.md", "The keeper logs the tide at noon.");
    let embedder = fixture.ingest.embedder.take();
    let report = fixture.add().await;
    assert!(report.error.is_none() && report.unembedded.is_empty(), "{report:?}");
    assert_eq!((fixture.found("keeper"), fixture.embedded()), (vec!["tides.md".to_owned()], 0));
    fixture.ingest.embedder = embedder;
    fixture.sync().await;
    assert_eq!(fixture.ingest.library.status().unwrap().vectors, 1);
}

#[tokio::test]
async fn a_folder_is_taken_in_and_only_what_changed_is_taken_in_again() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "# Tides\n\nThe gauge at the quay is read at noon.");
    fixture.write("lamp.txt", "The lamp was lit in 1871.");
    let first = fixture.add().await;
    assert_eq!((first.added, first.failures.len(), first.chunks), (2, 0, 2));
    let status = fixture.ingest.library.status().unwrap();
    assert_eq!((status.documents, status.chunks, status.vectors), (2, 2, 2));
    let embedded = fixture.embedded();

    let second = fixture.add().await;
    assert_eq!((second.added, second.updated, second.unchanged), (0, 0, 2));
    assert_eq!(fixture.embedded(), embedded, "no text is embedded again");

    fixture.write("lamp.txt", "The lamp was lit in 1872, as the harbour book says.");
    let third = fixture.sync().await;
    assert_eq!((third.updated, third.unchanged), (1, 1));
    assert_eq!(fixture.embedded(), embedded + 1);
    assert_eq!(fixture.found("harbour book"), ["lamp.txt"]);
}

#[tokio::test]
async fn a_moved_file_keeps_its_document_and_a_deleted_one_goes() {
    let fixture = Fixture::new();
    let path = fixture.write("tides.md", "The gauge at the quay is read at noon.");
    fixture.write("lamp.txt", "The lamp was lit in 1871.");
    fixture.add().await;
    let before = fixture.ingest.library.known_document(&path).unwrap().unwrap();
    let embedded = fixture.embedded();

    fs::create_dir(fixture.documents().join("old")).unwrap();
    let moved = fixture.documents().join("old/tides-1.md");
    fs::rename(&path, &moved).unwrap();
    fs::remove_file(fixture.documents().join("lamp.txt")).unwrap();
    let report = fixture.sync().await;
    assert_eq!((report.moved, report.removed, report.added), (1, 1, 0));
    assert_eq!(fixture.ingest.library.known_document(&moved).unwrap().unwrap().id, before.id);
    assert_eq!(fixture.embedded(), embedded);
    assert_eq!(fixture.found("lamp"), [] as [&str; 0]);
}

#[tokio::test]
async fn each_file_that_fails_has_its_reason_and_costs_nothing_else() {
    let fixture = Fixture::new();
    fixture.write("good.md", "The gauge at the quay is read at noon.");
    fixture.write("empty.pdf", "");
    fixture.write("broken.pdf", "%PDF-1.7\nthis is no PDF");
    let report = fixture.add().await;
    assert_eq!(report.added, 1);
    let codes: Vec<&str> = report.failures.iter().map(|failure| failure.reason.code()).collect();
    assert_eq!(codes, ["damaged", "empty"]);
    assert_eq!(fixture.ingest.library.status().unwrap().failures.len(), 2);

    fixture.write("empty.pdf", "now it has text");
    let repaired = fixture.sync().await;
    assert_eq!((repaired.added, repaired.failures.len()), (1, 1));
}

#[tokio::test]
async fn a_text_without_a_vector_is_named_with_its_file_and_found_by_its_words() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "The gauge at the quay is read at noon.");
    let dredger = fixture.write("works.md", "The dredger cleared the basin.");
    let added = fixture.add().await;
    let again = fixture.sync().await;
    for report in [&added, &again] {
        assert!(report.error.is_none(), "{report:?}");
        let [unembedded] = &report.unembedded[..] else { panic!("{report:?}") };
        assert_eq!((&unembedded.path, unembedded.texts), (&dredger, 1));
        assert!(matches!(unembedded.error, ModelError::ZeroVector { .. }));
    }
    assert_eq!((added.added, added.chunks, again.chunks), (2, 1, 0));
    assert_eq!(fixture.ingest.library.status().unwrap().vectors, 1);
    assert_eq!(fixture.found("basin"), ["works.md"]);

    fs::write(&dredger, "The basin was cleared.").unwrap();
    assert!(fixture.sync().await.unembedded.is_empty());
}

#[tokio::test]
async fn a_folder_that_is_not_there_keeps_its_documents() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "The gauge at the quay is read at noon.");
    fixture.add().await;
    fs::rename(fixture.documents(), fixture.directory.path().join("elsewhere")).unwrap();
    let report = fixture.sync().await;
    assert_eq!((report.removed, report.failures.len()), (0, 0));
    assert_eq!(report.away, [AwayFolder { path: fixture.documents(), documents: 1 }]);
    assert_eq!(fixture.ingest.library.status().unwrap().documents, 1);
}

#[tokio::test]
async fn a_cancelled_job_keeps_what_it_finished_and_the_next_one_goes_on() {
    let fixture = Fixture::new();
    for number in 0..40 {
        fixture.write(&format!("{number}.md"), &format!("Observation {number} was taken at the quay."));
    }
    let (cancel, progress) = (CancellationToken::new(), Arc::<Progress>::default());
    let watched = Arc::clone(&progress);
    let stop = cancel.clone();
    let watcher = tokio::spawn(async move {
        while watched.snapshot().files_done < 5 {
            tokio::task::yield_now().await;
        }
        stop.cancel();
    });
    let report = fixture.ingest.add(&[fixture.documents()], progress, cancel).await.unwrap();
    watcher.await.unwrap();
    assert!(report.cancelled);
    assert!((5..40).contains(&report.added), "{}", report.added);

    let rest = fixture.sync().await;
    assert_eq!(rest.added + report.added, 40);
    let status = fixture.ingest.library.status().unwrap();
    assert_eq!((status.documents, status.vectors), (40, 40));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_paused_job_rests_until_it_goes_on_or_is_cancelled() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "The gauge at the quay is read at noon.");
    let start = |cancel: &CancellationToken| {
        let (ingest, paths, cancel) = (fixture.ingest.clone(), [fixture.documents()], cancel.clone());
        tokio::spawn(async move { ingest.add(&paths, Arc::default(), cancel).await.unwrap() })
    };
    fixture.ingest.pause.set(true);

    let cancel = CancellationToken::new();
    let mut job = start(&cancel);
    assert!(timeout(Duration::from_millis(300), &mut job).await.is_err(), "it rests");
    cancel.cancel();
    let report = job.await.unwrap();
    assert!(report.cancelled && report.added == 0, "a pause does not hold up the end");

    let mut job = start(&CancellationToken::new());
    assert!(timeout(Duration::from_millis(300), &mut job).await.is_err(), "it rests");
    fixture.ingest.pause.set(false);
    assert_eq!(job.await.unwrap().added, 1);
    assert_eq!(fixture.ingest.library.status().unwrap().vectors, 1);
}

#[tokio::test]
async fn between_jobs_another_process_may_change_the_library() {
    let fixture = Fixture::new();
    fixture.write("tides.md", "The gauge at the quay is read at noon.");
    fixture.add().await;
    let other = Library::open(&fixture.directory.path().join("library")).unwrap();
    other.add_folder(Path::new("/elsewhere"), |_| true).unwrap();
    other.release();
    fixture.write("lamp.md", "The lamp was lit in 1871.");
    assert_eq!(fixture.add().await.added, 1);
}

#[tokio::test]
async fn a_path_that_does_not_exist_is_an_error() {
    let fixture = Fixture::new();
    let missing = [fixture.directory.path().join("nothing")];
    let error = fixture.ingest.add(&missing, Arc::default(), CancellationToken::new()).await.unwrap_err();
    assert!(matches!(&error, IngestError::NoSuchPath { path, .. } if *path == missing[0]), "{error:?}");
}
