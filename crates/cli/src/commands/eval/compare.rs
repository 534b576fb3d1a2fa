//! What has changed between two runs.

use std::collections::HashMap;

use engine::api::QuestionResult;

use super::Results;
use crate::output::say;

/// Tells, on stderr, of each question whose first known document or page stands elsewhere now.
pub(super) fn tell(before: &Results, now: &Results) {
    let old: HashMap<(&str, &str), &QuestionResult> = by_id(before).collect();
    let (mut better, mut worse) = (0, 0);
    for (key, result) in by_id(now) {
        let Some(old) = old.get(&key) else { continue };
        let (was, is) = (standing(old), standing(result));
        if was != is {
            if is < was {
                better += 1;
            } else {
                worse += 1;
            }
            say(&format!("{} {}: {} -> {}", key.0, key.1, ranks(old), ranks(result)));
        }
    }
    say(&format!("{better} better, {worse} worse"));
}

fn by_id(results: &Results) -> impl Iterator<Item = ((&str, &str), &QuestionResult)> {
    results
        .sets
        .iter()
        .flat_map(|set| set.questions.iter().map(|found| ((set.set.as_str(), found.id.as_str()), found)))
}

/// The page decides, then the document; not found is last.
fn standing(result: &QuestionResult) -> (u32, u32) {
    (result.page_rank.unwrap_or(u32::MAX), result.document_rank.unwrap_or(u32::MAX))
}

fn ranks(result: &QuestionResult) -> String {
    let rank = |rank: Option<u32>| rank.map_or_else(|| "-".to_owned(), |rank| rank.to_string());
    format!("document {} page {}", rank(result.document_rank), rank(result.page_rank))
}
