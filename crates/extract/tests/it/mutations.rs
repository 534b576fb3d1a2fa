//! Damaged files of every format: each gives text in sound blocks or a reason, in time and within a worker's
//! memory, and no worker dies of one. `PROPTEST_CASES=100000 cargo test -p extract mutations` runs for minutes.

use std::io::{Cursor, Read, Write};
use std::path::PathBuf;
use std::sync::LazyLock;
use std::time::Duration;

use extract::{Extractor, Limits, Page};
use proptest::prelude::*;
use proptest::sample::Index;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::{fixtures, outlook, worker_command};

/// One thing that happens to bytes.
#[derive(Debug, Clone)]
enum Damage {
    Flip(Index, u8),
    Cut(Index),
    Swap(Index, Index, usize),
    Repeat(Index, usize),
    Blank(Index, usize, u8),
}

fn damage() -> impl Strategy<Value = Damage> {
    let place = any::<Index>;
    prop_oneof![
        4 => (place(), 1_u8..).prop_map(|(at, bits)| Damage::Flip(at, bits)),
        1 => place().prop_map(Damage::Cut),
        2 => (place(), place(), 1_usize..200).prop_map(|(from, to, length)| Damage::Swap(from, to, length)),
        2 => (place(), 1_usize..2000).prop_map(|(at, times)| Damage::Repeat(at, times)),
        2 => (place(), 1_usize..64, any::<u8>()).prop_map(|(at, length, byte)| Damage::Blank(at, length, byte)),
    ]
}

impl Damage {
    fn apply(&self, bytes: &mut Vec<u8>) {
        if bytes.is_empty() {
            return;
        }
        let count = bytes.len();
        match self {
            Self::Flip(at, bits) => bytes[at.index(count)] ^= bits,
            Self::Cut(at) => bytes.truncate(at.index(count)),
            Self::Swap(from, to, length) => {
                for step in 0..*length {
                    bytes.swap((from.index(count) + step) % count, (to.index(count) + step) % count);
                }
            }
            Self::Repeat(at, times) => {
                let at = at.index(count);
                let piece = bytes[at..count.min(at + 40)].repeat(*times);
                bytes.splice(at..at, piece);
            }
            Self::Blank(at, length, byte) => {
                let at = at.index(count);
                bytes[at..count.min(at + length)].fill(*byte);
            }
        }
    }
}

/// The file damaged as a whole, or in one part of the archive that it is.
fn damaged(bytes: Vec<u8>, part: Option<Index>, damages: &[Damage]) -> Vec<u8> {
    let damage_all = |mut bytes: Vec<u8>| {
        damages.iter().for_each(|damage| damage.apply(&mut bytes));
        bytes
    };
    let Some(part) = part.filter(|_| bytes.starts_with(b"PK")) else { return damage_all(bytes) };
    let mut archive = ZipArchive::new(Cursor::new(bytes)).expect("the fixture is a zip archive");
    let mut copy = ZipWriter::new(Cursor::new(Vec::new()));
    let chosen = part.index(archive.len());
    for index in 0..archive.len() {
        let mut file = archive.by_index(index).expect("the part is there");
        let mut content = Vec::new();
        file.read_to_end(&mut content).expect("the part is read");
        let content = if index == chosen { damage_all(content) } else { content };
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        copy.start_file(file.name().expect("the part has a name").into_owned(), options)
            .expect("the part is begun");
        copy.write_all(&content).expect("the part is written");
    }
    copy.finish().expect("the archive is written").into_inner()
}

static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let read = |path: PathBuf| (path.clone(), std::fs::read(path).expect("the fixture is read"));
    fixtures::all().into_iter().map(read).chain(outlook::all()).collect()
});

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    Extractor::new(worker_command(), Limits { time: Duration::from_secs(30), ..Limits::default() })
});

fn has_blocks_in_order(page: &Page) -> bool {
    let mut end = 0;
    page.blocks.iter().all(|block| {
        let follows = block.range.start >= end;
        end = block.range.end;
        follows && page.text.get(block.range.clone()).is_some_and(|text| !text.is_empty())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn damaged_files_give_text_or_a_reason(
        file in any::<Index>(),
        part in proptest::option::weighted(0.7, any::<Index>()),
        damages in proptest::collection::vec(damage(), 1..5),
    ) {
        let (path, bytes) = file.get(&FILES);
        let folder = tempfile::tempdir().expect("a folder");
        let copy = folder.path().join(path.file_name().expect("fixtures have names"));
        std::fs::write(&copy, damaged(bytes.clone(), part, &damages)).expect("the copy is written");
        match EXTRACTOR.extract(&copy, &|| false) {
            Ok(document) => prop_assert!(document.pages.iter().all(has_blocks_in_order), "{}", path.display()),
            Err(reason) => {
                let code = reason.code();
                let is_fault = ["worker-died", "timed-out", "out-of-memory"].contains(&code.as_str());
                prop_assert!(!is_fault, "{}: {code}", path.display());
            }
        }
    }
}
