//! Pages and chunks a second into the library, and how long a search in it takes, the embedding model excluded.

use std::error::Error;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use answer::{Retriever, Steps};
use extract::{Extractor, Limits, WorkerCommand};
use ingest::Ingest;
use libraries::Library;
use library::Scope;
use models::Embedder;
use tokio_util::sync::CancellationToken;

use crate::percentiles::percentiles;
use crate::random_vectors::RandomVectors;

const SEARCHES: usize = 200;

pub async fn measure(documents: &Path, directory: &Path) -> Result<(), Box<dyn Error>> {
    let library = Arc::new(Library::open(directory)?);
    let embedder: Arc<dyn Embedder> = Arc::new(RandomVectors);
    let ingest = Ingest {
        library: Arc::clone(&library),
        extractor: Arc::new(Extractor::new(WorkerCommand::current_executable()?, Limits::default())),
        embedder: Some(Arc::clone(&embedder)),
        source: None,
        passwords: Arc::new(|_| None),
        pause: Arc::default(),
        turn: None,
    };
    let started = Instant::now();
    let report = ingest.add(&[documents.to_owned()], Arc::default(), CancellationToken::new()).await?;
    let seconds = started.elapsed().as_secs_f64();
    println!(
        "ingestion: {} documents, {} pages, {} chunks in {seconds:.1} s: {:.0} pages/s, {:.0} chunks/s ({} files failed)",
        report.added,
        report.pages,
        report.chunks,
        f64::from(report.pages) / seconds,
        f64::from(report.chunks) / seconds,
        report.failures.len(),
    );

    let retriever = Retriever {
        library,
        embedder: Some(embedder),
        former: None,
        reranker: None,
        steps: Steps::default(),
    };
    let mut searches = Vec::new();
    for number in 0..SEARCHES {
        let question = format!(
            "How many millimetres did the tide of station {} rise on day {}?",
            number % 40,
            number % 25
        );
        let started = Instant::now();
        retriever.retrieve(&question, &Scope::default(), 10).await?;
        searches.push(started.elapsed());
    }
    println!("search over {} chunks: {}", report.chunks, percentiles(searches));
    Ok(())
}
