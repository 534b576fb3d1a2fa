//! What is noted of requests.

use endpoint::{
    EmbeddingRequest, Ended, Endpoint, ErrorKind, Ledger, Note, Profile, Purpose, RequestOutcome,
    RerankRequest, Sent,
};
use futures::StreamExt;
use testkit::loopback::{EMBEDDING_MODEL, Fault, Loopback, Options, RERANK_MODEL};
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::task::JoinHandle;

use crate::{KEY, question, quick_profile, start};

type Kept = Vec<(Sent, Option<Ended>)>;

/// Keeps notes until the endpoint is dropped.
fn keep(mut notes: UnboundedReceiver<Note>) -> JoinHandle<Kept> {
    tokio::spawn(async move {
        let mut kept: Kept = Vec::new();
        while let Some(note) = notes.recv().await {
            match note {
                Note::Begins(sent, number) => {
                    kept.push((sent, None));
                    // A request that was given up meanwhile waits for no number.
                    let _ = number.send(kept.len() as i64 - 1);
                }
                Note::Ended(number, _, ended) => {
                    kept[usize::try_from(number).expect("a number")].1 = Some(ended);
                }
                Note::Closed => break,
            }
        }
        kept
    })
}

fn noted(server: &Loopback) -> (Endpoint, JoinHandle<Kept>) {
    let (ledger, notes) = Ledger::new();
    let profile =
        Profile { rerank_model: Some(RERANK_MODEL.to_owned()), ..quick_profile(&server.base_url()) };
    (Endpoint::new(profile, ledger, Purpose::Answer).expect("a valid profile"), keep(notes))
}

fn outcomes(kept: &[(Sent, Option<Ended>)]) -> Vec<Option<RequestOutcome>> {
    kept.iter().map(|(_, ended)| ended.as_ref().map(|ended| ended.outcome)).collect()
}

#[tokio::test]
async fn each_request_is_noted_with_what_it_sends_and_how_it_ends() {
    let (server, _) = start(Options::default());
    let (endpoint, kept) = noted(&server);
    let embedding = endpoint.serving(Purpose::EmbedDocuments);
    let texts = EmbeddingRequest::new(EMBEDDING_MODEL, vec!["tide".to_owned(), "quay".to_owned()]);
    embedding.embeddings(&texts).await.expect("vectors");
    let mut chunks = endpoint.chat_stream(&question()).await.expect("a stream");
    while chunks.next().await.is_some() {}
    drop(chunks);
    let reranking = RerankRequest {
        model: RERANK_MODEL.to_owned(),
        query: "tides?".to_owned(),
        documents: vec!["tides".to_owned(), "lamps".to_owned()],
    };
    endpoint.serving(Purpose::Rerank).rerank(&reranking).await.expect("an order");
    endpoint.serving(Purpose::ListModels).models().await.expect("a list");
    drop((endpoint, embedding));

    let kept = kept.await.expect("the keeper ended");
    assert_eq!(outcomes(&kept), [Some(RequestOutcome::Answered); 4]);
    let sent: Vec<_> = kept.iter().map(|(sent, _)| (sent.purpose, sent.amount.texts)).collect();
    let messages = question().messages.len() as u64;
    let purposes = [
        (Purpose::EmbedDocuments, 2),
        (Purpose::Answer, messages),
        (Purpose::Rerank, 3),
        (Purpose::ListModels, 0),
    ];
    assert_eq!(sent, purposes);
    let embedded = &kept[0].0;
    assert_eq!((embedded.model.as_deref(), embedded.amount.characters), (Some(EMBEDDING_MODEL), 8));
    assert!(embedded.is_local && server.base_url().contains(&embedded.host), "{embedded:?}");
    for (sent, ended) in &kept[..2] {
        let usage = ended.as_ref().and_then(|ended| ended.usage).expect("the loopback counts tokens");
        assert!(usage.prompt_tokens > 0, "{sent:?}");
    }
    assert!(!format!("{kept:?}").contains(KEY));
}

#[tokio::test]
async fn what_fails_breaks_off_or_is_stopped_is_noted_as_such() {
    let (server, _) = start(Options::default());
    let (endpoint, kept) = noted(&server);
    server.inject(Fault::status(503, "Loading"));
    let texts = EmbeddingRequest::new(EMBEDDING_MODEL, vec!["tide".to_owned()]);
    endpoint.embeddings(&texts).await.expect("vectors the second time");
    server.inject(Fault::Body("<html>log in</html>".to_owned()));
    endpoint.chat(&question()).await.expect_err("a web page");
    let chunks = endpoint.chat_stream(&question()).await.expect("a stream");
    drop(chunks);
    drop(endpoint);
    let kept = kept.await.expect("the keeper ended");
    let failed = |kind| Some(RequestOutcome::Failed(kind));
    let web_page = ErrorKind::Protocol(endpoint::Violation::WebPage);
    assert_eq!(
        outcomes(&kept),
        [
            failed(ErrorKind::Unavailable),
            Some(RequestOutcome::Answered),
            failed(web_page),
            Some(RequestOutcome::Stopped)
        ]
    );
}

#[tokio::test]
async fn nothing_is_sent_before_it_is_noted() {
    let (server, _) = start(Options::default());
    let (ledger, mut notes) = Ledger::new();
    let endpoint = Endpoint::new(quick_profile(&server.base_url()), ledger, Purpose::ListModels)
        .expect("a valid profile");
    let call = endpoint.models();
    tokio::pin!(call);
    let note = tokio::select! {
        _ = &mut call => panic!("it was sent"),
        note = notes.recv() => note.expect("a note"),
    };
    assert_eq!(server.requests(), []);
    let Note::Begins(_, number) = note else { panic!("{note:?}") };
    number.send(1).expect("it waits");
    call.await.expect("a list");
    assert_eq!(server.requests().len(), 1);
}
