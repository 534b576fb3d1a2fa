//! Pages that are pictures, by a model of the test's own. Without PDFium nothing can be drawn: then these tests pass
//! without a look.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use extract::{ExtractError, PageFinding, Warning};
use futures::StreamExt as _;
use futures::stream;
use ingest::{Agreed, Ingest, IngestError, PageError, PicturePages, Progress, Report, Stage};
use library::{Coded, Document, DocumentState};
use models::{ChatEvent, ChatModel, ChatPrompt, ChatStream, FinishReason, ModelError, Usage};
use secrecy::SecretString;
use testkit::documents::Stands::{Bars, Lines};
use testkit::documents::{encrypted_pdf, mixed_pdf};
use tokio_util::sync::CancellationToken;

use crate::Fixture;

/// Writes a text of its own for each page, or is cut off where it is told so.
#[derive(Default)]
struct Viewer {
    asked: Mutex<usize>,
    under_way: AtomicUsize,
    most_under_way: AtomicUsize,
    cut_off: Mutex<VecDeque<bool>>,
}

#[async_trait]
impl ChatModel for Viewer {
    fn name(&self) -> &str {
        "viewer"
    }

    fn context_tokens(&self) -> usize {
        8_192
    }

    async fn stream(&self, prompt: ChatPrompt) -> Result<ChatStream, ModelError> {
        assert!(prompt.picture.unwrap().bytes.starts_with(b"\x89PNG"));
        let number = {
            let mut asked = self.asked.lock().unwrap();
            *asked += 1;
            *asked
        };
        self.most_under_way.fetch_max(self.under_way.fetch_add(1, SeqCst) + 1, SeqCst);
        tokio::time::sleep(Duration::from_millis(100)).await;
        self.under_way.fetch_sub(1, SeqCst);
        let is_cut_off = self.cut_off.lock().unwrap().pop_front().unwrap_or(false);
        let reason = if is_cut_off { FinishReason::Length } else { FinishReason::Stop };
        let text = ChatEvent::Text(format!("Entry {number} of the harbour book, in the keeper's hand."));
        let end = ChatEvent::Finished { reason, usage: Usage::default() };
        Ok(stream::iter([Ok(text), Ok(end)]).boxed())
    }
}

fn has_pdfium() -> bool {
    let name = format!("{}pdfium{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    Path::new(env!("CARGO_BIN_EXE_ingest-test-worker")).with_file_name(name).exists()
}

fn document(ingest: &Ingest) -> Document {
    ingest.library.documents().unwrap().remove(0)
}

/// All that there is to be read of the one document.
fn agreed(ingest: &Ingest) -> Vec<Agreed> {
    let document = document(ingest);
    let pictures = PicturePages::of(&ingest.library, &document, "viewer").unwrap();
    pictures.map(|pictures| Agreed { document: document.id, pages: pictures.unread }).into_iter().collect()
}

async fn recognise(ingest: &Ingest, viewer: &Arc<Viewer>, agreed: Vec<Agreed>) -> (Report, Arc<Progress>) {
    let progress = Arc::<Progress>::default();
    let model = Arc::clone(viewer) as Arc<dyn ChatModel>;
    let report = ingest.recognise(agreed, model, Arc::clone(&progress), CancellationToken::new());
    (report.await.unwrap(), progress)
}

#[tokio::test]
async fn a_page_that_fails_is_named_and_the_others_are_taken_in() {
    if !has_pdfium() {
        return;
    }
    let fixture = Fixture::new();
    let pages = [Bars(1), Lines(&["The gauge at the quay is read at noon."]), Bars(2), Lines(&[])];
    std::fs::write(fixture.documents().join("book.pdf"), mixed_pdf(&pages)).unwrap();
    fixture.add().await;
    let viewer = Arc::new(Viewer { cut_off: Mutex::new([true].into()), ..Viewer::default() });
    let asked_for = agreed(&fixture.ingest);
    assert_eq!(asked_for[0].pages, [1, 3], "a blank page is not asked for");

    let (report, progress) = recognise(&fixture.ingest, &viewer, asked_for.clone()).await;
    assert_eq!((report.updated, report.unread_pages.len()), (1, 1));
    let unread = &report.unread_pages[0];
    assert!(matches!(unread.error, PageError::Model(ModelError::CutOff { .. })), "{unread:?}");
    let snapshot = progress.snapshot();
    assert_eq!((snapshot.pages_recognised, snapshot.pages_to_recognise), (2, 2));
    assert_eq!(snapshot.stage, Stage::Saving);
    assert_eq!(fixture.found("keeper"), ["book.pdf"]);
    assert_eq!(agreed(&fixture.ingest)[0].pages, [unread.page], "the other one is not offered again");

    let (report, _) = recognise(&fixture.ingest, &viewer, asked_for).await;
    assert_eq!((report.updated, report.unread_pages.len(), *viewer.asked.lock().unwrap()), (1, 0, 3));
    assert_eq!(agreed(&fixture.ingest), []);
    let readings = fixture.ingest.library.page_readings(document(&fixture.ingest).id).unwrap();
    let engines: Vec<_> = readings.iter().map(|reading| reading.source_engine.as_str()).collect();
    assert_eq!(engines[..3], ["vision-model", "pdf-extract", "vision-model"]);
}

#[tokio::test]
async fn files_of_one_page_are_read_side_by_side() {
    if !has_pdfium() {
        return;
    }
    let fixture = Fixture::new();
    for bars in 1..=6 {
        let path = fixture.documents().join(format!("{bars}.pdf"));
        std::fs::write(path, mixed_pdf(&[Bars(bars), Lines(&["Read at noon."])])).unwrap();
    }
    fixture.add().await;
    let documents = fixture.ingest.library.documents().unwrap();
    let agreed = documents.iter().map(|document| Agreed { document: document.id, pages: vec![1] });
    let viewer = Arc::<Viewer>::default();
    let (report, _) = recognise(&fixture.ingest, &viewer, agreed.collect()).await;
    assert_eq!((report.updated, *viewer.asked.lock().unwrap()), (6, 6));
    assert!((2..=4).contains(&viewer.most_under_way.load(SeqCst)));
}

#[tokio::test]
async fn a_model_that_fails_page_after_page_is_not_asked_on_and_on() {
    if !has_pdfium() {
        return;
    }
    let fixture = Fixture::new();
    std::fs::write(fixture.documents().join("book.pdf"), mixed_pdf(&[Bars(2); 8])).unwrap();
    fixture.add().await;
    let viewer = Arc::new(Viewer { cut_off: Mutex::new([true; 8].into()), ..Viewer::default() });
    let (report, _) = recognise(&fixture.ingest, &viewer, agreed(&fixture.ingest)).await;
    assert!(matches!(report.error, Some(IngestError::Page { .. })), "{report:?}");
    // Three, and those that were under way.
    assert!(*viewer.asked.lock().unwrap() <= 3 + 4);
    assert_eq!(agreed(&fixture.ingest)[0].pages.len(), 8);
}

#[tokio::test]
async fn a_file_that_has_changed_since_is_not_sent() {
    let fixture = Fixture::new();
    let path = fixture.documents().join("book.pdf");
    std::fs::write(&path, mixed_pdf(&[Bars(1), Lines(&["The gauge at the quay."])])).unwrap();
    fixture.add().await;
    let agreed = agreed(&fixture.ingest);
    std::fs::write(&path, mixed_pdf(&[Bars(3), Bars(4)])).unwrap();
    let viewer = Arc::<Viewer>::default();
    let (report, _) = recognise(&fixture.ingest, &viewer, agreed).await;
    assert_eq!((report.failures[0].reason.code(), *viewer.asked.lock().unwrap()), ("changed", 0));
}

#[tokio::test]
async fn a_locked_file_is_drawn_with_its_password() {
    if !has_pdfium() {
        return;
    }
    let mut fixture = Fixture::new();
    fixture.ingest.passwords = Arc::new(|_| Some(SecretString::from("harbour")));
    let locked =
        encrypted_pdf(&[Lines(&["The gauge at the quay is read at noon."]), Bars(2), Lines(&[])], "harbour");
    std::fs::write(fixture.documents().join("book.pdf"), locked).unwrap();
    fixture.add().await;
    let viewer = Arc::<Viewer>::default();
    let (report, _) = recognise(&fixture.ingest, &viewer, agreed(&fixture.ingest)).await;
    assert!(report.unread_pages.is_empty() && report.error.is_none(), "{report:?}");
    let document = document(&fixture.ingest);
    assert_eq!(document.state, DocumentState::Indexed);
    let transcribed = PageFinding::Transcribed { model: "viewer".to_owned() };
    let warning = Warning::Pages { pages: vec![2], finding: transcribed };
    assert_eq!(document.warnings, [Coded::of(&warning)], "nothing is said of the blank one");
    assert_eq!(*viewer.asked.lock().unwrap(), 1, "nothing is sent of it");

    fixture.ingest.passwords = Arc::new(|_| None);
    let path = fixture.documents().join("book.pdf");
    let drawn = fixture.ingest.extractor.draw(&path, 1, None, &|| false);
    assert_eq!(drawn, Err(ExtractError::Encrypted));
}
