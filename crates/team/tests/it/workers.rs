//! Workers that fill one library at once.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Mutex;

use library::{ChunkId, EmbeddingSpace, TextHash};
use team::{Address, TeamLibrary};
use testkit::postgres::Postgres;

use crate::members::document;

#[test]
fn a_file_is_read_by_one_worker_until_it_is_given_back() {
    let Some(postgres) = Postgres::start() else { return };
    let address: Address = postgres.address("postgres", "postgres").parse().unwrap();
    let [one, other] = [(); 2].map(|()| TeamLibrary::open(&address).unwrap());
    let (first, second) = (Path::new("/a.txt"), Path::new("/b.txt"));
    assert!(one.claim(first).unwrap() && one.claim(first).unwrap());
    assert!(!other.claim(first).unwrap() && other.claim(second).unwrap());
    one.store_document(&document("/a.txt", "Done.")).unwrap();
    assert!(other.claim(first).unwrap());
    other.give_back_claims().unwrap();
    assert!(one.claim(first).unwrap() && one.claim(second).unwrap());
    // One that has died gives nothing back, but its time runs out.
    let _ = postgres.psql("postgres", "UPDATE footnote.claims SET until = now() - interval '1 s'");
    assert!(other.claim(first).unwrap());
}

#[test]
fn four_workers_embed_each_text_once() {
    let Some(postgres) = Postgres::start() else { return };
    let address: Address = postgres.address("postgres", "postgres").parse().unwrap();
    let library = TeamLibrary::open(&address).unwrap();
    for number in 0..200 {
        // Each text stands in two documents.
        let mut document = document(&format!("/{number}.txt"), &format!("Text {}.", number / 2));
        document.chunks[0].embedded_text = document.chunks[0].text.clone();
        library.store_document(&document).unwrap();
    }
    let space = EmbeddingSpace { model: "m".to_owned(), passage_instruction: String::new(), dimensions: 2 };
    let space = library.space(&space, None).unwrap();
    let embedded = Mutex::new(Vec::<TextHash>::new());
    std::thread::scope(|scope| {
        for worker in 0..4 {
            let (address, embedded) = (&address, &embedded);
            scope.spawn(move || {
                let library = TeamLibrary::open(address).unwrap();
                let mut after = ChunkId(0);
                // The last one dies with what it has taken.
                for _ in 0..if worker == 3 { 1 } else { usize::MAX } {
                    let texts = library.unembedded_texts(space, after, 7).unwrap();
                    let Some(last) = texts.last() else { break };
                    after = last.chunk;
                    if worker != 3 {
                        let vectors: Vec<_> = texts.iter().map(|text| (text.hash, vec![1.0, 0.0])).collect();
                        library.store_vectors(space, &vectors).unwrap();
                        embedded.lock().unwrap().extend(texts.iter().map(|text| text.hash));
                    }
                }
            });
        }
    });
    let embedded = embedded.into_inner().unwrap();
    let different: HashSet<_> = embedded.iter().collect();
    assert_eq!(different.len(), embedded.len());
    assert!((93..=100).contains(&embedded.len()), "{}", embedded.len());
    // What the dead one has taken is another's once its time has run out.
    let _ = postgres.psql("postgres", "UPDATE footnote.text_claims SET until = now() - interval '1 s'");
    let left = library.unembedded_texts(space, ChunkId(0), 100).unwrap();
    assert_eq!(left.len() + embedded.len(), 100);
    let vectors: Vec<_> = left.iter().map(|text| (text.hash, vec![1.0, 0.0])).collect();
    library.store_vectors(space, &vectors).unwrap();
    let status = library.status().unwrap();
    assert_eq!((status.chunks, status.vectors), (200, 200));
}
