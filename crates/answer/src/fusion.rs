//! Two rankings to one.

use std::collections::HashMap;
use std::hash::Hash;

/// How fast a rank loses weight. 60 is the constant of the paper that proposed reciprocal rank fusion (Cormack,
/// Clarke and Büttcher, SIGIR 2009); its figures change little between 20 and 100.
const SMOOTHING: f32 = 60.0;

/// Joins rankings, each best first, by reciprocal ranks: what stands high in several comes first.
///
/// Returns each item once with its score, best first; equal scores keep the order of the first ranking.
pub(crate) fn reciprocal_ranks<T: Copy + Eq + Hash>(rankings: &[Vec<T>]) -> Vec<(T, f32)> {
    let mut order = Vec::new();
    let mut scores: HashMap<T, f32> = HashMap::new();
    for ranking in rankings {
        for (rank, item) in (1_u16..).zip(ranking) {
            *scores.entry(*item).or_insert_with(|| {
                order.push(*item);
                0.0
            }) += 1.0 / (SMOOTHING + f32::from(rank));
        }
    }
    let mut fused: Vec<(T, f32)> = order.into_iter().map(|item| (item, scores[&item])).collect();
    fused.sort_by(|a, b| b.1.total_cmp(&a.1));
    fused
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_both_rankings_name_comes_first() {
        let fused = reciprocal_ranks(&[vec!['a', 'b', 'c'], vec!['d', 'b', 'e']]);
        let order: String = fused.iter().map(|(item, _)| *item).collect();
        assert_eq!(order, "badce");
    }

    #[test]
    fn one_ranking_alone_keeps_its_order() {
        let order: Vec<i32> =
            reciprocal_ranks(&[vec![3, 1, 2], vec![]]).into_iter().map(|(item, _)| item).collect();
        assert_eq!(order, [3, 1, 2]);
    }
}
