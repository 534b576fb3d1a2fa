//! Insert, remove and search against a plain map.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use proptest::prelude::*;
use vectors::{VectorError, VectorIndex};

const DIMENSIONS: usize = 4;

#[derive(Debug, Clone)]
enum Step {
    Insert(u64, [f32; DIMENSIONS]),
    Remove(u64),
}

fn vector() -> impl Strategy<Value = [f32; DIMENSIONS]> {
    prop::array::uniform4(-1.0_f32..1.0).prop_map(|values| {
        let length = vectors::similarity(&values, &values).sqrt();
        if length > 0.0 { values.map(|value| value / length) } else { [1.0, 0.0, 0.0, 0.0] }
    })
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (0_u64..12, vector()).prop_map(|(id, vector)| Step::Insert(id, vector)),
        1 => (0_u64..12).prop_map(Step::Remove),
    ]
}

proptest! {
    #[test]
    fn holds_what_a_map_holds(
        steps in prop::collection::vec(step(), 0..60),
        query in vector(),
        count in 0_usize..15,
        allowed in prop::option::of(prop::collection::btree_set(0_u64..14, 0..14)),
    ) {
        let mut index = VectorIndex::new(DIMENSIONS);
        let mut map = BTreeMap::new();
        for step in steps {
            match step {
                Step::Insert(id, vector) => {
                    index.insert(id, &vector).unwrap();
                    map.insert(id, vector);
                }
                Step::Remove(id) => prop_assert_eq!(index.remove(id), map.remove(&id).is_some()),
            }
        }
        prop_assert_eq!(index.len(), map.len());

        let ids: Option<Vec<u64>> = allowed.as_ref().map(|allowed: &BTreeSet<u64>| allowed.iter().copied().collect());
        let found = index.search(&query, count, ids.as_deref()).unwrap();
        map.retain(|id, _| allowed.as_ref().is_none_or(|allowed| allowed.contains(id)));
        prop_assert_eq!(found.len(), count.min(map.len()));
        let ids: HashSet<u64> = found.iter().map(|neighbour| neighbour.id).collect();
        prop_assert_eq!(ids.len(), found.len());
        for neighbour in &found {
            let exact = vectors::similarity(&query, &map[&neighbour.id]);
            prop_assert!((exact - neighbour.similarity).abs() < 0.02);
        }
        prop_assert!(found.is_sorted_by(|a, b| a.similarity >= b.similarity));
        // Whatever was left out is no nearer than what was found, but for the loss of a code.
        let worst = found.last().map_or(f32::MAX, |neighbour| neighbour.similarity);
        let better = map.iter().filter(|(id, vector)| {
            !ids.contains(id) && vectors::similarity(&query, *vector) > worst + 0.04
        });
        prop_assert_eq!(better.count(), 0);
    }
}

#[test]
fn refuses_other_dimensions() {
    let mut index = VectorIndex::new(3);
    let expected = |received| VectorError::Dimensions { expected: 3, received }.to_string();
    assert_eq!(index.insert(1, &[1.0, 0.0]).unwrap_err().to_string(), expected(2));
    assert_eq!(index.search(&[1.0; 4], 1, None).unwrap_err().to_string(), expected(4));
    assert!(index.is_empty());
}
