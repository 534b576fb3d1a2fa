//! A text as the check reads it: its words, names, numbers and dates in order.

use std::ops::Range;

use text::{fold, is_stop_word};
use unicode_segmentation::UnicodeSegmentation as _;

use super::figures::{Date, Figure, Figures};
use super::language::Language;
use super::lexicon::{self, Side};

/// A number, date or name is what a reader would check first.
const FACT_WEIGHT: f32 = 2.0;
/// What a word weighs that says little.
const LIGHT_WEIGHT: f32 = 0.25;

/// One thing that a text says.
#[derive(Debug, Clone)]
pub(super) struct Term {
    pub(super) what: What,
    /// How much of the text's meaning it carries; 0 for words that only bind others.
    pub(super) weight: f32,
    /// Whether "not" or its like stands before it in its clause.
    pub(super) negated: bool,
    /// The clause it stands in, from 0.
    pub(super) clause: usize,
    /// The part of a clause between two commas, from 0.
    pub(super) segment: usize,
}

#[derive(Debug, Clone)]
pub(super) enum What {
    Word(Word),
    Figure(Figure),
    Date(Date),
}

#[derive(Debug, Clone)]
pub(super) struct Word {
    /// As written, but folded.
    pub(super) folded: String,
    /// What it means.
    pub(super) concept: String,
    /// Whether it is written as a name.
    pub(super) is_name: bool,
    /// Where it stands among the opposites.
    pub(super) sides: &'static [Side],
}

/// The terms of a text.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    pub(super) terms: Vec<Term>,
}

impl Reading {
    pub(super) fn of(text: &str, language: Language) -> Self {
        let Figures { numbers, dates } = Figures::of(text, language.has_decimal_comma);
        let mut placed: Vec<(Range<usize>, Term)> = Vec::new();
        let facts = || numbers.iter().map(|figure| &figure.range).chain(dates.iter().map(|(range, _)| range));
        let is_taken =
            |word: &Range<usize>| facts().any(|fact| fact.start < word.end && word.start < fact.end);
        let words: Vec<(usize, &str)> =
            text.unicode_word_indices().filter(|(at, word)| !is_taken(&(*at..at + word.len()))).collect();
        for (place, (at, written)) in words.iter().enumerate() {
            let follows = words.get(place + 1).map(|(_, next)| *next);
            let starts = place == 0 || starts_sentence(&text[..*at]);
            let is_name = !language.capitalises_nouns && is_name(written, starts, follows);
            placed.push((*at..at + written.len(), term(word(written, is_name))));
        }
        placed.extend(numbers.into_iter().map(|figure| (figure.range.clone(), fact(What::Figure(figure)))));
        placed.extend(dates.into_iter().map(|(range, date)| (range, fact(What::Date(date)))));
        placed.sort_by_key(|(range, _)| range.start);
        let mut terms = Self { terms: Vec::new() };
        terms.bind(text, placed);
        terms
    }

    /// Tells each term its clause, and whether it is denied there.
    fn bind(&mut self, text: &str, placed: Vec<(Range<usize>, Term)>) {
        let (mut clause, mut segment, mut negated, mut behind) = (0, 0, false, 0);
        let mut placed = placed.into_iter().peekable();
        while let Some((range, mut term)) = placed.next() {
            let follows = placed.peek().map(|(_, next)| next.clone());
            let folded = if let What::Word(word) = &term.what { word.folded.as_str() } else { "" };
            let gap = text.get(behind..range.start).unwrap_or_default();
            let comma = gap.contains([',', '，', '、']);
            if gap.contains(['.', ';', ':', '—', '–', '。', '；', '!', '?', '|', '\t', '•'])
                || breaks_clause(folded)
                || (comma && breaks_clause_after_comma(folded))
            {
                clause += 1;
                segment += 1;
                negated = false;
            } else if comma {
                segment += 1;
            }
            term.clause = clause;
            term.segment = segment;
            term.negated = negated;
            negated |= lexicon::is_negation(folded) && !follows.is_some_and(|next| speaks_of_all(&next));
            behind = range.end;
            self.terms.push(term);
        }
        self.undo_exceptions();
    }

    /// "No divisors other than 1" denies nothing of 1.
    fn undo_exceptions(&mut self) {
        for terms in self.terms.chunk_by_mut(|one, next| one.clause == next.clause) {
            let is = |term: &Term, said: &str| matches!(&term.what, What::Word(word) if word.folded == said);
            if terms.windows(2).any(|pair| is(&pair[0], "other") && is(&pair[1], "than")) {
                terms.iter_mut().for_each(|term| term.negated = false);
            }
        }
    }

    /// What all of it weighs.
    pub(super) fn weight(&self) -> f32 {
        self.terms.iter().map(|term| term.weight).sum()
    }

    pub(super) fn words(&self) -> impl Iterator<Item = (&Term, &Word)> {
        self.terms.iter().filter_map(|term| match &term.what {
            What::Word(word) => Some((term, word)),
            What::Figure(_) | What::Date(_) => None,
        })
    }

    pub(super) fn figures(&self) -> impl Iterator<Item = &Figure> {
        self.terms
            .iter()
            .filter_map(|term| if let What::Figure(figure) = &term.what { Some(figure) } else { None })
    }

    pub(super) fn dates(&self) -> impl Iterator<Item = Date> {
        self.terms
            .iter()
            .filter_map(|term| if let What::Date(date) = &term.what { Some(*date) } else { None })
    }
}

fn fact(what: What) -> Term {
    let weight = if matches!(&what, What::Figure(figure) if figure.spelled) { 1.0 } else { FACT_WEIGHT };
    Term { what, weight, negated: false, clause: 0, segment: 0 }
}

fn term(word: Word) -> Term {
    let weight = if is_stop_word(&word.folded) || lexicon::is_negation(&word.folded) {
        0.0
    } else if word.is_name {
        FACT_WEIGHT
    } else if lexicon::is_light(&word.folded) || is_particle(&word.folded) {
        LIGHT_WEIGHT
    } else {
        1.0
    };
    Term { what: What::Word(word), weight, negated: false, clause: 0, segment: 0 }
}

fn word(written: &str, is_name: bool) -> Word {
    // "U.S." and "US" are one word.
    let joined = written.replace('.', "");
    let folded = fold(if written.contains('.') { &joined } else { written });
    Word { concept: lexicon::concept(&folded), sides: lexicon::sides(&folded), folded, is_name }
}

/// Words of two or three letters bind others in most languages ("der", "los", "на").
fn is_particle(folded: &str) -> bool {
    let letters = folded.chars().count();
    (2..=3).contains(&letters) && !folded.is_ascii()
        || letters <= 3
            && matches!(
                folded,
                "der"
                    | "die"
                    | "das"
                    | "den"
                    | "dem"
                    | "des"
                    | "ein"
                    | "und"
                    | "von"
                    | "zu"
                    | "zum"
                    | "zur"
                    | "mit"
                    | "auf"
                    | "aus"
                    | "bei"
                    | "bis"
                    | "im"
                    | "um"
                    | "war"
                    | "als"
                    | "el"
                    | "la"
                    | "los"
                    | "las"
                    | "de"
                    | "del"
                    | "en"
                    | "un"
                    | "una"
                    | "que"
                    | "por"
                    | "con"
                    | "se"
                    | "su"
                    | "al"
                    | "es"
                    | "le"
                    | "les"
                    | "du"
                    | "et"
                    | "est"
                    | "dans"
                    | "si"
                    | "cu"
                    | "ale"
                    | "lui"
                    | "ve"
                    | "bir"
                    | "bu"
            )
}

/// A capital tells a name, except at the beginning of a sentence: there another sign has to come to it.
fn is_name(written: &str, starts: bool, follows: Option<&str>) -> bool {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let rest_has = |test: fn(char) -> bool| written.chars().skip(1).any(test);
    if written.chars().count() == 1 || is_stop_word(&fold(written)) {
        return false;
    }
    if written.starts_with(|c: char| c.is_ascii_digit()) {
        return rest_has(char::is_alphabetic);
    }
    capital(written)
        && (!starts
            || rest_has(char::is_uppercase)
            || written.ends_with("'s")
            || written.ends_with("’s")
            || follows.is_some_and(|next| capital(next) && next.chars().count() > 1))
}

fn starts_sentence(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '“', '"', '(', '*', '_', '‘', '¿', '¡']);
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '。', '\n', '•', '·', '\t', '|', '-'])
}

/// "Not all" and "not only" deny nothing of what follows.
fn speaks_of_all(term: &Term) -> bool {
    matches!(&term.what, What::Word(word) if matches!(word.folded.as_str(), "all" | "every" | "only" | "just" | "alle" | "nur"))
}

fn breaks_clause(folded: &str) -> bool {
    matches!(
        folded,
        "but" | "while" | "whereas" | "although" | "though" | "because" | "aber" | "sondern" | "pero" | "но"
    )
}

fn breaks_clause_after_comma(folded: &str) -> bool {
    matches!(
        folded,
        "and"
            | "which"
            | "who"
            | "so"
            | "as"
            | "with"
            | "und"
            | "y"
            | "et"
            | "partially"
            | "among"
            | "according"
            | "if"
            | "when"
            | "since"
    )
}
