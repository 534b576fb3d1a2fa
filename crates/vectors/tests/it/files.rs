//! Saved indexes: equal after loading, and never trusted where a byte differs.

use std::fs;
use std::path::{Path, PathBuf};

use vectors::{GRAPH_FROM, LoadError, Origin, SaveError, VectorError, VectorIndex};

use crate::clustered::Clustered;

const DIMENSIONS: usize = 8;
const OWNER: &str = "a library";

fn save(index: &mut VectorIndex, directory: &Path, revision: u64) -> Result<(), SaveError> {
    if let Some(plan) = index.plan() {
        index.adopt(plan.write(directory, OWNER, &|| false)?);
    }
    index.commit(directory, &Origin { owner: OWNER.to_owned(), revision })
}

fn load(directory: &Path) -> (VectorIndex, u64) {
    let (index, revision, lost) = VectorIndex::load(directory, OWNER, DIMENSIONS).unwrap();
    assert_eq!(lost, []);
    (index, revision)
}

fn filled(clustered: &mut Clustered, count: usize) -> VectorIndex {
    let mut index = VectorIndex::new(DIMENSIONS);
    for id in 0..count {
        index.insert(id as u64 * 3, &clustered.vector()).unwrap();
    }
    index
}

fn files(directory: &Path) -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

#[test]
fn loads_what_was_saved_and_goes_on_growing() {
    let mut clustered = Clustered::new(DIMENSIONS, 20);
    let mut index = filled(&mut clustered, GRAPH_FROM + 100);
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("index-1")).unwrap();
    save(&mut index, directory.path(), 6).unwrap();
    index.remove(30);
    save(&mut index, directory.path(), 7).unwrap();

    let (mut loaded, revision) = load(directory.path());
    assert_eq!(revision, 7);
    assert_eq!((loaded.len(), loaded.removed(), loaded.in_graphs()), (index.len(), 1, index.len()));
    let queries = clustered.vectors(100);
    let assert_equal = |left: &VectorIndex, right: &VectorIndex| {
        for query in &queries {
            assert_eq!(left.search(query, 20, None).unwrap(), right.search(query, 20, None).unwrap());
        }
    };
    assert_equal(&index, &loaded);

    for index in [&mut index, &mut loaded] {
        index.insert(1, &queries[0]).unwrap();
        assert_eq!(index.search(&queries[0], 1, None).unwrap()[0].id, 1);
    }
    save(&mut loaded, directory.path(), 8).unwrap();
    let (again, revision) = load(directory.path());
    assert_eq!(revision, 8);
    assert_equal(&loaded, &again);
    assert_equal(&index, &again);
    assert_eq!(
        files(directory.path()).len(),
        3,
        "a manifest, the graph's segment and that of the new vector"
    );
}

/// What a search of the whole index says when each of its bytes is used.
fn use_all(directory: &Path) -> Result<(), String> {
    let loaded = VectorIndex::load(directory, OWNER, DIMENSIONS);
    let (index, _, lost) = loaded.map_err(|error| error.to_string())?;
    lost.into_iter().try_for_each(|lost| Err(lost.reason))?;
    match index.search(&[0.1; DIMENSIONS], index.len(), None) {
        Ok(found) if found.len() == index.len() => Ok(()),
        Ok(_) => panic!("vectors were lost without a word"),
        Err(VectorError::Damaged(damaged)) => Err(damaged.to_string()),
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn no_damage_is_used() {
    let mut clustered = Clustered::new(DIMENSIONS, 20);
    let directory = tempfile::tempdir().unwrap();
    let mut index = filled(&mut clustered, GRAPH_FROM);
    save(&mut index, directory.path(), 1).unwrap();
    drop(index);
    use_all(directory.path()).unwrap();
    for file in files(directory.path()) {
        let whole = fs::read(&file).unwrap();
        let mut damaged = vec![Vec::new(), whole[..whole.len() - 1].to_vec(), [&whole[..], b"\0"].concat()];
        for _ in 0..40 {
            let offset = clustered.random.below(whole.len());
            damaged.push(whole[..offset].to_vec());
            let mut zeroed = whole.clone();
            zeroed[offset..].iter_mut().take(64).for_each(|byte| *byte = !*byte);
            damaged.push(zeroed);
        }
        // The last bytes (of a segment, its last record) in the place of those before.
        let mut moved = whole.clone();
        moved.copy_within(whole.len() - 128.., whole.len() - 256);
        damaged.push(moved);
        for bytes in damaged {
            fs::write(&file, bytes).unwrap();
            let name = file.file_name().unwrap().to_str().unwrap();
            assert!(use_all(directory.path()).unwrap_err().contains(name));
        }
        fs::write(&file, whole).unwrap();
    }
    use_all(directory.path()).unwrap();
}

#[test]
fn a_damaged_segment_costs_what_it_held() {
    let mut clustered = Clustered::new(DIMENSIONS, 20);
    let directory = tempfile::tempdir().unwrap();
    let mut index = filled(&mut clustered, GRAPH_FROM);
    save(&mut index, directory.path(), 1).unwrap();
    index.insert(1_000_000, &clustered.vector()).unwrap();
    save(&mut index, directory.path(), 2).unwrap();
    drop(index);
    let [_, graph, tail] = files(directory.path()).try_into().unwrap();

    let mut bytes = fs::read(&graph).unwrap();
    let last = bytes.len() - 100;
    bytes[last] ^= 1;
    fs::remove_file(&graph).unwrap();
    fs::write(&graph, bytes).unwrap();
    let (mut loaded, _) = load(directory.path());
    let Err(VectorError::Damaged(damaged)) = loaded.search(&[0.1; DIMENSIONS], loaded.len(), None) else {
        panic!("the damage was not found");
    };
    assert_eq!(damaged.file, graph);
    let lost = loaded.discard(&damaged).unwrap();
    assert_eq!((lost.ids, loaded.len()), (0..=(GRAPH_FROM as u64 - 1) * 3, 1));
    assert_eq!(loaded.discard(&damaged), None);

    fs::copy(&tail, &graph).unwrap();
    let (loaded, _, lost) = VectorIndex::load(directory.path(), OWNER, DIMENSIONS).unwrap();
    assert_eq!((loaded.len(), lost.len()), (1, 1), "another segment in its place is no better");
    fs::remove_file(&graph).unwrap();
    let (loaded, _, lost) = VectorIndex::load(directory.path(), OWNER, DIMENSIONS).unwrap();
    assert_eq!((loaded.len(), lost.len()), (1, 1));
}

#[test]
fn tells_missing_from_foreign() {
    let directory = tempfile::tempdir().unwrap();
    let load = |owner, dimensions| VectorIndex::load(directory.path(), owner, dimensions).err();
    assert!(matches!(load(OWNER, DIMENSIONS), Some(LoadError::Missing(_))));
    save(&mut filled(&mut Clustered::new(DIMENSIONS, 2), 10), directory.path(), 1).unwrap();
    assert!(matches!(load("another library", DIMENSIONS), Some(LoadError::Foreign { .. })));
    assert!(matches!(load(OWNER, DIMENSIONS + 1), Some(LoadError::Foreign { .. })));
    assert!(load(OWNER, DIMENSIONS).is_none());
}

#[test]
fn a_save_that_fails_leaves_the_one_before() {
    let directory = tempfile::tempdir().unwrap();
    let mut clustered = Clustered::new(DIMENSIONS, 2);
    save(&mut filled(&mut clustered, 10), directory.path(), 1).unwrap();
    let before = files(directory.path());
    fs::create_dir(directory.path().join("manifest.new")).unwrap();
    let mut more = filled(&mut clustered, 20);
    assert!(matches!(save(&mut more, directory.path(), 2), Err(SaveError::Write { .. })));
    let (loaded, revision) = load(directory.path());
    assert_eq!((loaded.len(), revision), (10, 1));

    fs::remove_dir(directory.path().join("manifest.new")).unwrap();
    save(&mut more, directory.path(), 2).unwrap();
    assert_eq!((load(directory.path()).0.len(), files(directory.path()).len()), (20, before.len()));
}
