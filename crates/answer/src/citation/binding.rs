//! Which words a number belongs to: "A was 3 and B was 4" does not say that B was 3.

use super::figures::{Figure, Fit};
use super::reading::{Reading, Term, What, Word};
use super::source::{Piece, Source, Window, same_word};

/// A number is bound otherwise when another one's words are so much nearer to the claim's.
const NEARER: f32 = 1.0;

/// What a word counts that stands on the other side of the number there.
const OTHER_SIDE: f32 = 0.5;

/// Whether the passage gives the clause's words another number, and its number to other words.
pub(super) fn is_bound_otherwise(clause: &Reading, source: &Source, is_about: bool) -> bool {
    let years: Vec<u32> = clause
        .figures()
        .filter_map(Figure::year)
        .chain(clause.dates().filter_map(|date| date.year))
        .collect();
    clause.terms.iter().enumerate().any(|(place, term)| match &term.what {
        What::Figure(figure) if figure.year().is_none() => {
            let words = Surroundings::of(&clause.terms, place);
            Bound::of(figure, &words, &years, source, is_about).is_otherwise()
        }
        _ => false,
    })
}

/// How many of a figure's words the passage gives to it, and to others.
struct Bound {
    own: Option<f32>,
    other: f32,
    /// Whether the figure stands under one of the claim's years, or under none.
    under_its_year: bool,
}

impl Bound {
    fn of(figure: &Figure, words: &Surroundings<'_>, years: &[u32], source: &Source, is_about: bool) -> Self {
        let mut bound = Self { own: None, other: 0.0, under_its_year: false };
        for piece in &source.pieces {
            for (column, place) in figures(piece).enumerate() {
                let What::Figure(said) = &piece.reading.terms[place].what else { continue };
                if said.measure != figure.measure || said.year().is_some() {
                    continue;
                }
                let shared = words.shared_with(&Surroundings::in_piece(piece, place));
                if figure.fits(said, &source.scales, is_about) == Fit::Same {
                    bound.own = Some(bound.own.map_or(shared, |own| own.max(shared)));
                    let year = piece.columns.year(column);
                    bound.under_its_year |= years.is_empty() || year.is_none_or(|year| years.contains(&year));
                } else {
                    bound.other = bound.other.max(shared);
                }
            }
        }
        bound
    }

    fn is_otherwise(&self) -> bool {
        self.own.is_some_and(|own| !self.under_its_year || self.other >= own + NEARER)
    }
}

/// Places of a piece's figures among its terms.
fn figures(piece: &Piece) -> impl Iterator<Item = usize> {
    piece
        .reading
        .terms
        .iter()
        .enumerate()
        .filter_map(|(place, term)| matches!(term.what, What::Figure(_)).then_some(place))
}

/// The words before and behind a figure, up to the next one.
struct Surroundings<'a> {
    before: Vec<&'a Word>,
    behind: Vec<&'a Word>,
}

impl<'a> Surroundings<'a> {
    fn of(terms: &'a [Term], place: usize) -> Self {
        Self { before: side(terms[..place].iter().rev()), behind: side(terms[place + 1..].iter()) }
    }

    /// In a row of a table all words stand for all of its figures.
    fn in_piece(piece: &'a Piece, place: usize) -> Self {
        if piece.is_row {
            let heavy = piece.reading.words().filter(|(term, _)| term.weight >= 1.0);
            let words: Vec<&Word> = heavy.map(|(_, word)| word).collect();
            return Self { before: words.clone(), behind: words };
        }
        Self::of(&piece.reading.terms, place)
    }

    /// How many of these words stand around the other figure too, on the side that shares more.
    fn shared_with(&self, other: &Self) -> f32 {
        let shared = |own: &[&Word], other: &[&Word]| {
            own.iter().filter(|word| other.iter().any(|said| same_word(word, said))).count() as f32
        };
        let same_side = shared(&self.before, &other.before).max(shared(&self.behind, &other.behind));
        let other_side = shared(&self.before, &other.behind).max(shared(&self.behind, &other.before));
        let one_sided = self.before.is_empty() || self.behind.is_empty();
        same_side.max(other_side * if one_sided { 1.0 } else { OTHER_SIDE })
    }
}

/// The words from a figure on up to the next one. Where figures follow each other without words ("from 3 to 4"), they
/// share what stands before the first and behind the last.
fn side<'a>(terms: impl Iterator<Item = &'a Term>) -> Vec<&'a Word> {
    let mut words = Vec::new();
    for term in terms {
        match &term.what {
            What::Figure(figure) if figure.year().is_none() && !words.is_empty() => break,
            What::Word(word) if term.weight >= 1.0 => words.push(word),
            _ => {}
        }
    }
    words
}

/// What a year stands behind that another one is compared with.
const COMPARED: [&str; 8] =
    ["compared", "comparison", "versus", "vs", "than", "against", "relative", "gegenüber"];
/// So many words before the year.
const COMPARED_REACH: usize = 5;

/// Whether the clause says of a year what the source says of another one and only compares with this.
pub(super) fn is_of_the_compared_year(clause: &Reading, core: Window<'_>) -> bool {
    let year = |term: &Term| match &term.what {
        What::Figure(figure) => figure.year(),
        What::Date(date) => date.year,
        What::Word(_) => None,
    };
    let claimed: Vec<u32> = clause.terms.iter().filter_map(year).collect();
    let (mut compared, mut others) = (Vec::new(), Vec::new());
    for piece in core.pieces {
        let terms = &piece.reading.terms;
        for (place, own) in terms.iter().enumerate().filter_map(|(place, term)| Some((place, year(term)?))) {
            let is_compared = terms[place.saturating_sub(COMPARED_REACH)..place].iter().any(
                |term| matches!(&term.what, What::Word(word) if COMPARED.contains(&word.folded.as_str())),
            );
            if is_compared { compared.push(own) } else { others.push(own) }
        }
    }
    !claimed.is_empty()
        && !others.is_empty()
        && claimed.iter().all(|year| compared.contains(year) && !others.contains(year))
}
