//! What can be known about a citation without understanding it.

use std::ops::Range;

use library::{FACTS_VERSION, Fact, FactKind, FactPlace, Facts, Wording};
use text::{Date, Figure};

use super::quote::Found;
use super::reading::{Name, Reading, Word};
use super::source::Source;
use super::wording;
use crate::Evidence;

/// Less of a sentence in the quote than this share of it, and nothing of the passage comes near it.
const NEAR: f32 = 0.2;

/// Looks for all that the sentence says in what it cites.
pub(super) fn of(
    sentence: &str,
    claim: &Reading,
    quote: &str,
    found: &Found,
    source: &Source,
    evidence: &Evidence,
) -> Facts {
    let places = Places { source, evidence, quote: found.pieces.clone() };
    let wording = wording::of(sentence, quote, places.share_a_language(claim));
    let can_compare = wording != Wording::OtherLanguage;
    let fact =
        |kind, range: &Range<usize>, place| Fact { kind, text: sentence[range.clone()].to_owned(), place };
    // The year of a date is looked for with its day.
    let is_dated = |figure: &&Figure| {
        figure.year().is_some_and(|year| claim.dates.iter().any(|(_, date)| date.year == Some(year)))
    };
    let figures = claim.figures.iter().filter(|figure| !is_dated(figure));
    let figures = figures.map(|figure| fact(FactKind::Figure, &figure.range, places.of_figure(figure)));
    let dates = claim.dates.iter().map(|(range, date)| fact(FactKind::Date, range, places.of_date(*date)));
    let names = claim.names.iter().map(|name| fact(FactKind::Name, &name.range, places.of_name(name, claim)));
    let names = names.filter(|name| can_compare || name.place != FactPlace::Nowhere);
    let mut items: Vec<Fact> = Vec::new();
    for item in figures.chain(dates).chain(names) {
        if !items.contains(&item) {
            items.push(item);
        }
    }
    Facts { version: FACTS_VERSION, wording, near: !can_compare || found.share >= NEAR, items }
}

/// What of that which a question names a passage says, on its pages or above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Named {
    /// Any of its names; true where it has none.
    pub(crate) a_name: bool,
    /// Any of its years and dates; true where it has none.
    pub(crate) a_date: bool,
}

/// Of a question in another language nothing can be told.
pub(super) fn named(question: &Reading, source: &Source, evidence: &Evidence) -> Named {
    let places = Places { source, evidence, quote: 0..0 };
    if !places.share_a_language(question) {
        return Named { a_name: true, a_date: true };
    }
    let names = question.names.iter().filter(|name| !is_code(&question.words[name.words.clone()]));
    let years = question.figures.iter().filter(|figure| figure.year().is_some());
    let dates = question.dates.iter().map(|(_, date)| places.of_date(*date));
    Named {
        a_name: any_or_none(names.map(|name| places.of_name(name, question))),
        a_date: any_or_none(years.map(|year| places.of_figure(year)).chain(dates)),
    }
}

fn any_or_none(places: impl Iterator<Item = FactPlace>) -> bool {
    let mut places = places.peekable();
    places.peek().is_none() || places.any(|place| place != FactPlace::Nowhere)
}

/// "FY2021", "Q2", "EU": written in too many ways to be told missing.
fn is_code(name: &[Word]) -> bool {
    name.iter().all(|word| word.folded.chars().count() < 3 || word.folded.contains(char::is_numeric))
}

/// The places where something may stand.
struct Places<'a> {
    source: &'a Source,
    evidence: &'a Evidence,
    /// Among the pieces of the source.
    quote: Range<usize>,
}

impl Places<'_> {
    /// The nearest place that says something.
    fn nearest(&self, says: impl Fn(&Reading) -> bool) -> Option<FactPlace> {
        let any = |pieces: Range<usize>| self.source.pieces[pieces].iter().any(|piece| says(&piece.reading));
        if any(self.quote.clone()) {
            Some(FactPlace::Quote)
        } else if any(0..self.source.pieces.len()) {
            Some(FactPlace::Passage)
        } else if says(self.source.pages(self.evidence)) {
            Some(FactPlace::Page)
        } else {
            says(&self.source.above).then_some(FactPlace::Title)
        }
    }

    fn of_figure(&self, figure: &Figure) -> FactPlace {
        self.nearest(|reading| reading.says_figure(figure, &self.source.scales)).unwrap_or(FactPlace::Nowhere)
    }

    fn of_date(&self, date: Date) -> FactPlace {
        if let Some(place) = self.nearest(|reading| reading.says_date(date)) {
            return place;
        }
        let without_year = |reading: &Reading| {
            reading.dates.iter().any(|(_, own)| own.year.is_none() && date.has_day_of(*own))
        };
        let (Some(day), Some(year)) = (self.nearest(without_year), date.year) else {
            return FactPlace::Nowhere;
        };
        self.nearest(|reading| reading.says_year(year)).map_or(FactPlace::InPart, |year| year.max(day))
    }

    fn of_name(&self, name: &Name, claim: &Reading) -> FactPlace {
        let words = &claim.words[name.words.clone()];
        let place_of = |word: &Word| self.nearest(|reading| reading.says_name_word(word));
        let places: Vec<FactPlace> = words.iter().filter(|word| word.tells()).filter_map(place_of).collect();
        let telling = words.iter().filter(|word| word.tells()).count();
        if let Some(place) = self.nearest(|reading| reading.says_in_one_word(words)) {
            place
        } else if places.len() == telling {
            places.into_iter().max().unwrap_or(FactPlace::Nowhere)
        } else if places.len() * 2 >= telling {
            FactPlace::InPart
        } else {
            FactPlace::Nowhere
        }
    }

    /// Whether the passage is in the language of a sentence: it has most of its short words, whatever it is about.
    fn share_a_language(&self, claim: &Reading) -> bool {
        let is_short = |word: &&Word| word.folded.chars().count() <= SHORT;
        let short: Vec<&Word> = claim.words.iter().filter(is_short).collect();
        let said =
            short.iter().filter(|word| self.nearest(|reading| reading.says_word(word)).is_some()).count();
        short.len() < LEAST_SHORT || said * 3 >= short.len()
    }
}

/// Words of so many letters bind others in most languages.
const SHORT: usize = 3;
/// Fewer of them tell nothing.
const LEAST_SHORT: usize = 3;
