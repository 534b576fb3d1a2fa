//! Which statements of the passages answer a question, as far as shared words tell.

use std::collections::{BTreeMap, HashSet};

use text::{content_words, numbers};

use super::statements::{Statement, statements};
use super::wanted::Wanted;
use crate::Evidence;

/// More sentences are a page to read, not an answer.
const MOST_QUOTES: usize = 3;

/// Below this share of the question's words, weighted by rarity, a statement does not bear on the question. The
/// share is for a question of [`USUAL_WORDS`]; of a longer one, a statement can only say a smaller part.
const LEAST_COVERAGE: f32 = 0.4;
const USUAL_WORDS: f32 = 5.0;

/// A further quote scores at least this share of the best one's score.
const LEAST_SHARE_OF_BEST: f32 = 0.75;

/// A quote that shares more of its words with one chosen before says nothing new.
const MOST_OVERLAP: f32 = 0.5;

/// What a word counts that stands not in the statement but in its context.
const CONTEXT: f32 = 0.5;

/// What is left of the score when the statement lacks the kind of thing that the question asks for.
const MISSING_WANTED: f32 = 0.6;

/// What each place down the list of passages takes off.
const RANK: f32 = 0.02;

/// Statements of more words than this lose by their length: they touch on much.
const LONG: usize = 40;

/// Stems of the words that questions are made with; they say little about what is asked.
const FRAME: &[&str] = &[
    "accord", "call", "describ", "document", "explain", "find", "general", "get", "give", "happen", "involv",
    "kind", "know", "list", "main", "mani", "mean", "mention", "much", "name", "one", "purpos", "refer",
    "say", "sort", "state", "summar", "take", "thing", "type", "use", "year",
];
/// What such a word weighs against any other that is as rare.
const FRAME_WEIGHT: f32 = 0.3;

/// A statement chosen as answer, or part of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Quote {
    /// The passage's place among the evidence, counted from 1.
    pub(super) number: u32,
    pub(super) text: String,
}

struct Candidate {
    number: u32,
    /// Its place among all statements in reading order.
    place: usize,
    statement: Statement,
    words: HashSet<String>,
    context: HashSet<String>,
}

struct Scored {
    score: f32,
    coverage: f32,
    candidate: Candidate,
}

/// The statements to answer with, in the order to write them; none where nothing bears on the question.
pub(super) fn quotes(question: &str, evidence: &[Evidence]) -> Vec<Quote> {
    let candidates = candidates(evidence);
    let weights = weights(question, &candidates);
    let wanted = Wanted::by(question);
    let scored = candidates.into_iter().filter(|candidate| !candidate.statement.is_heading);
    let mut scored: Vec<Scored> = scored.map(|candidate| score(candidate, &weights, wanted)).collect();
    scored.sort_by(|a, b| b.score.total_cmp(&a.score));
    let length = (weights.len() as f32).max(USUAL_WORDS);
    choose(scored, LEAST_COVERAGE * (USUAL_WORDS / length).sqrt())
}

fn candidates(evidence: &[Evidence]) -> Vec<Candidate> {
    let statements = (1..).zip(evidence).flat_map(|(number, evidence)| {
        let names = format!("{} {}", evidence.title(), evidence.headings());
        let paragraphs = evidence.paragraphs();
        // No quote goes over the end of a page.
        let pages = paragraphs.chunk_by(|one, next| one.page == next.page);
        let statements: Vec<_> = pages.flat_map(|page| statements(&names, page)).collect();
        statements.into_iter().map(move |statement| (number, statement))
    });
    let candidate = |(place, (number, statement)): (usize, (u32, Statement))| Candidate {
        number,
        place,
        words: words(&statement.text),
        context: words(&statement.context),
        statement,
    };
    statements.enumerate().map(candidate).collect()
}

/// The words that say what a text is about, and its numbers however they are written.
fn words(text: &str) -> HashSet<String> {
    content_words(text)
        .into_iter()
        .chain(numbers(text).iter().map(|number| number.value.to_string()))
        .collect()
}

/// The question's words, weighted by how few statements have them; the weights add up to 1.
fn weights(question: &str, candidates: &[Candidate]) -> BTreeMap<String, f32> {
    let rarity = |word: &String| {
        let having = candidates.iter().filter(|candidate| candidate.words.contains(word)).count();
        (1.0 + candidates.len() as f32 / (1.0 + having as f32)).ln()
    };
    let weight =
        |word: &String| rarity(word) * if FRAME.contains(&word.as_str()) { FRAME_WEIGHT } else { 1.0 };
    let asked = words(question).into_iter();
    let mut weights: BTreeMap<String, f32> = asked.map(|word| (word.clone(), weight(&word))).collect();
    let sum: f32 = weights.values().sum();
    weights.values_mut().for_each(|weight| *weight /= sum);
    weights
}

fn score(candidate: Candidate, weights: &BTreeMap<String, f32>, wanted: Wanted) -> Scored {
    let coverage: f32 = weights
        .iter()
        .map(|(word, weight)| {
            if candidate.words.contains(word) {
                *weight
            } else if candidate.context.contains(word) {
                weight * CONTEXT
            } else {
                0.0
            }
        })
        .sum();
    let fit = if wanted.is_in(&candidate.statement.text) { 1.0 } else { MISSING_WANTED };
    let length = candidate.statement.text.split(' ').count().max(LONG) as f32 / LONG as f32;
    let score = coverage * fit / length.sqrt() - (candidate.number - 1) as f32 * RANK;
    Scored { score, coverage, candidate }
}

fn choose(scored: Vec<Scored>, least_coverage: f32) -> Vec<Quote> {
    let mut chosen: Vec<Scored> = Vec::new();
    for next in scored {
        let best = chosen.first().map_or(0.0, |best| best.score);
        if chosen.len() == MOST_QUOTES || next.score < best * LEAST_SHARE_OF_BEST {
            break;
        }
        let says_something_new =
            chosen.iter().all(|other| overlap(&next.candidate, &other.candidate) <= MOST_OVERLAP);
        if next.coverage >= least_coverage && says_something_new {
            chosen.push(next);
        }
    }
    in_reading_order(chosen)
}

/// Passages stay in the order of their best statement; what one passage says comes in its own order.
fn in_reading_order(chosen: Vec<Scored>) -> Vec<Quote> {
    let best_first: Vec<u32> = chosen.iter().map(|scored| scored.candidate.number).collect();
    let mut candidates: Vec<Candidate> = chosen.into_iter().map(|scored| scored.candidate).collect();
    candidates.sort_by_key(|candidate| {
        (best_first.iter().position(|number| *number == candidate.number), candidate.place)
    });
    let quote = |candidate: Candidate| Quote { number: candidate.number, text: candidate.statement.text };
    candidates.into_iter().map(quote).collect()
}

/// The share of the shorter statement's words that the other one has too.
fn overlap(one: &Candidate, other: &Candidate) -> f32 {
    let shared = one.words.intersection(&other.words).count() as f32;
    shared / one.words.len().min(other.words.len()).max(1) as f32
}
