//! What a cited passage offers: its sentences, and what stands around them.

use std::collections::HashSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use text::fold;

use super::figures::{Date, Figure, Fit};
use super::language::Language;
use super::reading::{Reading, Term, What, Word};
use super::table::{Columns, head, scales};
use crate::Evidence;

/// A passage read once for all sentences that cite it.
#[derive(Debug)]
pub(crate) struct Source {
    pub(super) pieces: Vec<Piece>,
    /// Title and file name: what the passage is about without saying it.
    title: Reading,
    /// The headings above the passage. They end where a heading stands in it.
    headings: Reading,
    /// Capitals of names in the passage and around it ("HR" for "Human Resources"), and names that are capitals.
    initials: HashSet<String>,
    /// From "in millions" on its pages.
    pub(super) scales: Vec<f64>,
    pub(super) language: Language,
}

/// A sentence, list item or table row.
#[derive(Debug)]
pub(super) struct Piece {
    pub(super) page: u32,
    /// Bytes of the page's text.
    pub(super) range: Range<usize>,
    pub(super) reading: Reading,
    /// For a row of a table, what stands above it: the caption, and the row that names the columns.
    head: Reading,
    /// For a row of a table, the year that stands above each of its figures.
    pub(super) columns: Columns,
    pub(super) is_row: bool,
    /// It only names what follows.
    pub(super) is_heading: bool,
    /// It stands by itself: a row, or an item of a list.
    pub(super) is_item: bool,
}

impl Source {
    pub(crate) fn of(evidence: &Evidence) -> Self {
        let language = Language::of(evidence.text());
        let pieces = evidence.pieces().into_iter().map(|piece| {
            let reading = Reading::of(&HYPHENATED.replace_all(piece.text, "$1$2"), language);
            let is_row = piece.text.contains(['\t', '|']);
            let above = if is_row { evidence.page_before(piece.page, piece.range.start) } else { "" };
            let columns = Columns::of(above, &reading);
            let head = Reading::of(head(above), language);
            let item = piece.text.trim_start().starts_with(['•', '·', '-', '*', '▪', '◦', '\u{f0a7}']);
            let is_heading = !is_row && !item && names_only(piece.text);
            Piece {
                page: piece.page,
                range: piece.range,
                reading,
                head,
                columns,
                is_row,
                is_heading,
                is_item: is_row || item,
            }
        });
        let pieces: Vec<Piece> = pieces.collect();
        let (title, headings) = (evidence.titles(), evidence.headings());
        Self {
            initials: initials(&format!("{title}\n{headings}\n{}", evidence.text())),
            title: Reading::of(&title, language),
            headings: Reading::of(&headings, language),
            scales: scales(evidence.pages()),
            language,
            pieces,
        }
    }

    /// The pieces that a window may hold, as one.
    pub(super) fn window(&self, pieces: Range<usize>) -> Window<'_> {
        Window { source: self, start: pieces.start, pieces: &self.pieces[pieces] }
    }

    /// Whether title, file name or the nearest headings above a window say the word.
    pub(super) fn surroundings_say(&self, word: &Word, window: Window<'_>) -> bool {
        let says = |reading: &Reading| reading.words().any(|(_, own)| same_word(word, own));
        let above = match window.heading() {
            Some(heading) => says(&heading.reading),
            None => says(&self.headings),
        };
        above || says(&self.title) || (word.is_name && self.initials.contains(&word.folded))
    }

    /// Whether title, file name or headings say the two words one after the other.
    pub(super) fn surroundings_say_together(&self, first: &Word, second: &Word, window: Window<'_>) -> bool {
        let heading = window.heading().map_or(&self.headings, |heading| &heading.reading);
        [&self.title, heading].into_iter().any(|reading| says_together(reading, first, second))
    }

    /// Whether title, headings or any piece say the year.
    pub(super) fn says_year(&self, year: u32) -> bool {
        let says = |reading: &Reading| says_year(reading, year);
        says(&self.title)
            || says(&self.headings)
            || self
                .pieces
                .iter()
                .any(|piece| says(&piece.reading) || piece.columns.years().any(|own| own == year))
    }
}

/// Words for what was named before.
const GOING_BACK: [&str; 24] = [
    "it", "its", "this", "these", "that", "those", "they", "their", "he", "his", "she", "her", "such",
    "both", "er", "sie", "es", "dies", "diese", "dieser", "él", "ella", "este", "esta",
];

/// Some pieces in a row.
#[derive(Clone, Copy)]
pub(super) struct Window<'a> {
    source: &'a Source,
    /// Its place among the pieces.
    start: usize,
    pub(super) pieces: &'a [Piece],
}

impl<'a> Window<'a> {
    pub(super) fn words(self) -> impl Iterator<Item = (&'a Term, &'a Word)> {
        self.pieces.iter().flat_map(|piece| piece.reading.words())
    }

    /// Whether its first sentence speaks of what another one names ("It burned oil").
    pub(super) fn goes_back(self) -> bool {
        let words = self.pieces.iter().flat_map(|piece| piece.reading.words().take(3));
        words.into_iter().any(|(_, word)| GOING_BACK.contains(&word.folded.as_str()))
    }

    /// The heading in the passage that it stands under.
    fn heading(self) -> Option<&'a Piece> {
        self.source.pieces[..self.start].iter().rev().find(|piece| piece.is_heading)
    }

    /// The one of its pieces that scores highest.
    pub(super) fn nearest_piece(self, score: impl Fn(Window<'a>) -> f32) -> Window<'a> {
        let alone = |place: usize| self.source.window(place..place + 1);
        let best = (self.start..self.start + self.pieces.len()).map(alone).map(|piece| (score(piece), piece));
        best.max_by(|one, other| one.0.total_cmp(&other.0)).map_or(self, |(_, piece)| piece)
    }

    pub(super) fn says_word(self, word: &Word) -> bool {
        self.words().any(|(_, own)| same_word(word, own))
            || self.pieces.iter().any(|piece| piece.head.words().any(|(_, own)| same_word(word, own)))
    }

    pub(super) fn says_together(self, first: &Word, second: &Word) -> bool {
        self.pieces.iter().any(|piece| says_together(&piece.reading, first, second))
    }

    /// How well the window says a figure; years may be part of a date or stand above a column.
    pub(super) fn fit(self, figure: &Figure, about: bool) -> Fit {
        let fits = |piece: &Piece| {
            let own = piece.reading.figures().map(|own| figure.fits(own, &self.source.scales, about));
            own.max().unwrap_or(Fit::No)
        };
        let fit = self.pieces.iter().map(fits).max().unwrap_or(Fit::No);
        let is_year = figure.year().is_some_and(|year| self.says_year(year));
        if is_year { Fit::Same } else { fit }
    }

    fn says_year(self, year: u32) -> bool {
        let says =
            |piece: &Piece| says_year(&piece.reading, year) || piece.columns.years().any(|own| own == year);
        self.pieces.iter().any(says)
    }

    pub(super) fn says_date(self, date: Date) -> bool {
        let says = |piece: &Piece| {
            piece.reading.dates().any(|own| date.is_in(own))
                || piece.columns.years().any(|year| date.year == Some(year))
        };
        self.pieces.iter().any(says)
    }

    /// Whether any year stands in it.
    pub(super) fn names_years(self) -> bool {
        let names = |piece: &Piece| {
            piece.reading.figures().any(|figure| figure.year().is_some())
                || piece.reading.dates().any(|date| date.year.is_some())
                || piece.columns.years().next().is_some()
        };
        self.pieces.iter().any(names)
    }
}

/// Whether a text ends without a stop, as headings do.
fn names_only(text: &str) -> bool {
    let text = text.trim_end();
    text.split_whitespace().count() <= 10
        && !text.ends_with(['.', '!', '?', ':', ';', ',', '。', '”', '"', ')'])
}

fn says_together(reading: &Reading, first: &Word, second: &Word) -> bool {
    let is = |term: &Term, word: &Word| matches!(&term.what, What::Word(own) if same_word(word, own));
    reading.terms.windows(2).any(|pair| is(&pair[0], first) && is(&pair[1], second))
}

fn says_year(reading: &Reading, year: u32) -> bool {
    reading.terms.iter().any(|term| match &term.what {
        What::Figure(figure) => figure.year() == Some(year),
        What::Date(date) => date.year == Some(year),
        What::Word(_) => false,
    })
}

/// Whether two words mean the same, as far as their letters and the table of synonyms tell.
pub(super) fn same_word(one: &Word, other: &Word) -> bool {
    one.concept == other.concept
        || one.folded == other.folded
        || same_root(&one.folded, &other.folded, one.is_name || other.is_name)
        || one.sides.iter().any(|side| other.sides.contains(side))
}

/// Forms of one word share their beginning: "Venedig" and "Venedigs", "иммунная" and "иммунной". Names are more alike
/// than other words: "Medicare" and "Medicaid".
fn same_root(one: &str, other: &str, is_name: bool) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longest = one.chars().count().max(other.chars().count());
    let (short, long) = if one.len() < other.len() { (one, other) } else { (other, one) };
    let least = if is_name { 8 } else { 7 };
    (shared >= 5 && shared * 10 >= longest * least) || (short.chars().count() >= 7 && long.ends_with(short))
}

/// A word that a line break cuts in two.
static HYPHENATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(\p{L})-\n(\p{L})").expect("the pattern is constant and tested"));

static CAPITALISED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\p{Lu}[\p{L}’'.-]*(?:\s+(?:(?:of|and|the|for)\s+)?\p{Lu}[\p{L}’'.-]*)+")
        .expect("the pattern is constant and tested")
});

/// The initials of all names of several words, and of all their parts.
fn initials(text: &str) -> HashSet<String> {
    let mut found = HashSet::new();
    for name in CAPITALISED.find_iter(text) {
        let letters: Vec<char> = name
            .as_str()
            .split_whitespace()
            .filter_map(|word| word.chars().next().filter(|letter| letter.is_uppercase()))
            .collect();
        for start in 0..letters.len() {
            for end in start + 2..=letters.len().min(start + 5) {
                found.insert(fold(&letters[start..end].iter().collect::<String>()));
            }
        }
    }
    found
}
