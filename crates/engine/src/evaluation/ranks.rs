//! Where known pages stand among findings.

use std::collections::HashSet;

use answer::Found;
use library::DocumentId;

use crate::api::{KnownPages, StepRanks};

/// A document that answers, as it is known and as the library has it.
pub(super) struct Gold {
    pub(super) document: DocumentId,
    pub(super) known: KnownPages,
}

/// The different documents of the findings, in their order.
fn documents(found: &[Found]) -> Vec<DocumentId> {
    let mut seen = HashSet::new();
    found.iter().map(|found| found.document).filter(|document| seen.insert(*document)).collect()
}

/// The different pages of the findings, in their order.
fn pages(found: &[Found]) -> Vec<(DocumentId, u32)> {
    let mut seen = HashSet::new();
    let all = found
        .iter()
        .flat_map(|found| (found.page_first..=found.page_last).map(|page| (found.document, page)));
    all.filter(|page| seen.insert(*page)).collect()
}

fn rank_of<T>(found: &[T], is_gold: impl Fn(&T) -> bool) -> Option<u32> {
    (1..).zip(found).find(|(_, found)| is_gold(found)).map(|(rank, _)| rank)
}

pub(super) fn document_rank(gold: &[Gold], found: &[Found]) -> Option<u32> {
    rank_of(&documents(found), |document| gold.iter().any(|gold| gold.document == *document))
}

pub(super) fn page_rank(gold: &[Gold], found: &[Found]) -> Option<u32> {
    rank_of(&pages(found), |page| is_gold_page(gold, page))
}

fn is_gold_page(gold: &[Gold], (document, page): &(DocumentId, u32)) -> bool {
    gold.iter().any(|gold| gold.document == *document && gold.known.pages.contains(page))
}

/// The discounted gain of the first `depth` pages (documents, where no page is known) as a share of the best
/// possible one. Every known page is worth the same.
pub(super) fn ndcg(gold: &[Gold], found: &[Found], depth: usize) -> f64 {
    let known_pages: usize = gold.iter().map(|gold| gold.known.pages.len()).sum();
    let hits: Vec<bool> = if known_pages > 0 {
        pages(found).iter().take(depth).map(|page| is_gold_page(gold, page)).collect()
    } else {
        let is_gold = |document: &DocumentId| gold.iter().any(|gold| gold.document == *document);
        documents(found).iter().take(depth).map(is_gold).collect()
    };
    let known = if known_pages > 0 { known_pages } else { gold.len() };
    let discount = |rank: usize| 1.0 / (rank as f64 + 2.0).log2();
    let best: f64 = (0..known.min(depth)).map(discount).sum();
    let gain: f64 = (0..).zip(hits).filter(|(_, hit)| *hit).map(|(rank, _)| discount(rank)).sum();
    if best > 0.0 { gain / best } else { 0.0 }
}

/// Where each known page stood after each step, among the findings of the step as they are.
pub(super) fn by_step(gold: &[Gold], steps: &[(&str, &[Found])]) -> Vec<StepRanks> {
    let mut ranks = Vec::new();
    for gold in gold {
        let pages = gold.known.pages.iter().map(|page| Some(*page));
        let whole = gold.known.pages.is_empty().then_some(None);
        for page in pages.chain(whole) {
            let is_gold = |found: &Found| match page {
                Some(page) => found.holds(gold.document, page),
                None => found.document == gold.document,
            };
            let of_step = |(name, found): &(&str, &[Found])| ((*name).to_owned(), rank_of(found, is_gold));
            ranks.push(StepRanks {
                document: gold.known.document.clone(),
                page,
                ranks: steps.iter().map(of_step).collect(),
            });
        }
    }
    ranks
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gold(document: i64, pages: &[u32]) -> Gold {
        let known = KnownPages { document: "a.pdf".to_owned(), pages: pages.to_vec() };
        Gold { document: DocumentId(document), known }
    }

    fn found(document: i64, page_first: u32, page_last: u32) -> Found {
        Found { document: DocumentId(document), page_first, page_last }
    }

    #[test]
    fn ranks_count_different_documents_and_pages() {
        let found = [found(1, 4, 4), found(1, 4, 5), found(2, 7, 7), found(2, 9, 9)];
        assert_eq!(document_rank(&[gold(2, &[9])], &found), Some(2));
        assert_eq!(page_rank(&[gold(2, &[9])], &found), Some(4));
        assert_eq!(page_rank(&[gold(2, &[8])], &found), None);
    }

    #[test]
    fn the_gain_is_whole_where_all_known_pages_come_first() {
        let in_order = [found(1, 4, 4), found(1, 5, 5), found(2, 7, 7)];
        assert!((ndcg(&[gold(1, &[4, 5])], &in_order, 10) - 1.0).abs() < 1e-9);
        let second = ndcg(&[gold(1, &[5])], &in_order, 10);
        assert!((second - 1.0 / 3_f64.log2()).abs() < 1e-9);
        assert!(ndcg(&[gold(3, &[])], &in_order, 10) == 0.0);
    }
}
