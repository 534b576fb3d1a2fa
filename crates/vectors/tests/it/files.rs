//! Saved indexes: equal after loading, and never trusted when a byte differs.

use std::fs;
use std::path::{Path, PathBuf};

use vectors::{GRAPH_FROM, LoadError, Origin, VectorIndex};

use crate::clustered::Clustered;

const DIMENSIONS: usize = 8;
const OWNER: &str = "a library";

fn origin(revision: u64) -> Origin {
    Origin { owner: OWNER.to_owned(), revision }
}

fn filled(clustered: &mut Clustered, count: usize) -> VectorIndex {
    let mut index = VectorIndex::new(DIMENSIONS);
    for id in 0..count {
        index.insert(id as u64 * 3, &clustered.vector()).unwrap();
    }
    index
}

fn files_below(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files_below(&path) } else { vec![path] }).collect()
}

#[test]
fn loads_what_was_saved_and_goes_on_growing() {
    let mut clustered = Clustered::new(DIMENSIONS, 20);
    let mut index = filled(&mut clustered, GRAPH_FROM + 100);
    index.grow_graph(3_000);
    index.remove(30);
    let directory = tempfile::tempdir().unwrap();
    index.save(directory.path(), &origin(7)).unwrap();

    let (mut loaded, revision) = VectorIndex::load(directory.path(), OWNER, DIMENSIONS).unwrap();
    assert_eq!(revision, 7);
    assert_eq!((loaded.len(), loaded.removed(), loaded.in_graph()), (index.len(), 1, 3_000));
    let queries = clustered.vectors(100);
    let assert_equal = |left: &VectorIndex, right: &VectorIndex| {
        for query in &queries {
            assert_eq!(left.search(query, 20, None).unwrap(), right.search(query, 20, None).unwrap());
        }
    };
    assert_equal(&index, &loaded);

    loaded.insert(1, &queries[0]).unwrap();
    index.insert(1, &queries[0]).unwrap();
    loaded.grow_graph(1_000);
    index.grow_graph(1_000);
    assert_eq!(loaded.search(&queries[0], 1, None).unwrap()[0].id, 1);
    loaded.save(directory.path(), &origin(8)).unwrap();
    let (again, revision) = VectorIndex::load(directory.path(), OWNER, DIMENSIONS).unwrap();
    assert_eq!(revision, 8);
    assert_equal(&loaded, &again);
    assert_eq!(files_below(directory.path()).len(), 4, "the older save is gone");
}

/// `hnsw_rs` ends the process on some damage: this test would end with it.
#[test]
fn no_damage_is_loaded() {
    let mut clustered = Clustered::new(DIMENSIONS, 20);
    let index = filled(&mut clustered, GRAPH_FROM);
    index.grow_graph(200);
    let directory = tempfile::tempdir().unwrap();
    index.save(directory.path(), &origin(1)).unwrap();
    let files = files_below(directory.path());
    assert_eq!(files.len(), 4);
    for file in files {
        let whole = fs::read(&file).unwrap();
        let mut damaged = vec![Vec::new(), whole[..whole.len() - 1].to_vec(), [&whole[..], b"\0"].concat()];
        for _ in 0..40 {
            let offset = clustered.random.below(whole.len());
            damaged.push(whole[..offset].to_vec());
            let mut changed = whole.clone();
            changed[offset] ^= 1 << clustered.random.below(8);
            damaged.push(changed);
            let mut zeroed = whole.clone();
            zeroed[offset..].iter_mut().take(64).for_each(|byte| *byte = !*byte);
            damaged.push(zeroed);
        }
        for bytes in damaged {
            fs::write(&file, bytes).unwrap();
            let error = VectorIndex::load(directory.path(), OWNER, DIMENSIONS).err();
            assert!(matches!(error, Some(LoadError::Damaged { .. })), "{}: {error:?}", file.display());
        }
        fs::write(&file, whole).unwrap();
    }
    assert!(VectorIndex::load(directory.path(), OWNER, DIMENSIONS).is_ok());
}

#[test]
fn tells_missing_from_foreign() {
    let directory = tempfile::tempdir().unwrap();
    let load = |owner, dimensions| VectorIndex::load(directory.path(), owner, dimensions).err();
    assert!(matches!(load(OWNER, DIMENSIONS), Some(LoadError::Missing(_))));
    filled(&mut Clustered::new(DIMENSIONS, 2), 10).save(directory.path(), &origin(1)).unwrap();
    assert!(matches!(load("another library", DIMENSIONS), Some(LoadError::Foreign { .. })));
    assert!(matches!(load(OWNER, DIMENSIONS + 1), Some(LoadError::Foreign { .. })));
    assert!(load(OWNER, DIMENSIONS).is_none());
    for file in files_below(directory.path()).iter().filter(|file| file.ends_with("codes")) {
        fs::remove_file(file).unwrap();
    }
    assert!(matches!(load(OWNER, DIMENSIONS), Some(LoadError::Read { .. })));
}

#[test]
fn a_save_that_fails_leaves_the_one_before() {
    let directory = tempfile::tempdir().unwrap();
    let mut clustered = Clustered::new(DIMENSIONS, 2);
    filled(&mut clustered, 10).save(directory.path(), &origin(1)).unwrap();
    fs::create_dir(directory.path().join("manifest.new")).unwrap();
    assert!(filled(&mut clustered, 20).save(directory.path(), &origin(2)).is_err());
    let (loaded, revision) = VectorIndex::load(directory.path(), OWNER, DIMENSIONS).unwrap();
    assert_eq!((loaded.len(), revision), (10, 1));
}
