//! A process that is killed while it writes segments.

use std::env;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use vectors::{GRAPH_FROM, Origin, VectorIndex};

use crate::clustered::Clustered;

const DIRECTORY: &str = "VECTORS_TEST_SAVE_INTO";
const OWNER: &str = "a library";
const DIMENSIONS: usize = 8;
/// How many are new in each save.
const ADDED: usize = 4_000;

/// The index of the last save, with as many vectors as its revision says, all of which are found.
fn saved(directory: &Path) -> VectorIndex {
    let Ok((index, revision, lost)) = VectorIndex::load(directory, OWNER, DIMENSIONS) else {
        return VectorIndex::new(DIMENSIONS);
    };
    assert_eq!((index.len() as u64, lost), (revision, Vec::new()));
    assert_eq!(index.search(&[0.1; DIMENSIONS], index.len(), None).unwrap().len(), index.len());
    index
}

/// What the child does until it is killed: vectors go in until some have a graph, and then most of them out again.
fn save_without_end(directory: &Path) {
    let mut clustered = Clustered::new(DIMENSIONS, 20);
    let mut out = std::io::stdout();
    let mut index = saved(directory);
    let mut next = directory.read_dir().unwrap().count() as u64 * 1_000_000;
    loop {
        if index.in_graphs() > 0 {
            let ids: Vec<u64> = index
                .search(&[0.1; DIMENSIONS], GRAPH_FROM, None)
                .unwrap()
                .iter()
                .map(|found| found.id)
                .collect();
            assert!(ids.iter().all(|id| index.remove(*id)));
        }
        for id in next..next + ADDED as u64 {
            if !index.holds(id) {
                index.insert(id, &clustered.vector()).unwrap();
            }
        }
        next += ADDED as u64;
        if let Some(plan) = index.plan() {
            index.adopt(plan.write(directory, OWNER, &|| false).unwrap());
        }
        let revision = index.len() as u64;
        index.commit(directory, &Origin { owner: OWNER.to_owned(), revision }).unwrap();
        writeln!(out, "saved {revision}").unwrap();
    }
}

#[test]
fn a_killed_save_leaves_the_old_index_or_the_new_one() {
    if let Some(directory) = env::var_os(DIRECTORY) {
        return save_without_end(Path::new(&directory));
    }
    let directory = tempfile::tempdir().unwrap();
    for milliseconds in [0, 5, 17, 60, 110, 230, 410] {
        let mut child = Command::new(env::current_exe().unwrap())
            .args(["--exact", "killed::a_killed_save_leaves_the_old_index_or_the_new_one", "--nocapture"])
            .env(DIRECTORY, directory.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok);
        lines.filter(|line| line.contains("saved ")).nth(1).unwrap();
        std::thread::sleep(Duration::from_millis(milliseconds));
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(!saved(directory.path()).is_empty());
    }
}
