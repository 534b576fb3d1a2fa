//! A text as the check reads it: its words, names, figures and dates.

use std::collections::HashSet;
use std::ops::Range;

use text::{Date, Figure, Figures, Language, fold, is_stop_word, stem};
use unicode_segmentation::UnicodeSegmentation as _;

/// What a text says that can be looked for in another one.
#[derive(Debug, Clone, Default)]
pub(super) struct Reading {
    /// In order, without those that are part of a figure or a date.
    pub(super) words: Vec<Word>,
    /// In order.
    pub(super) names: Vec<Name>,
    /// In order.
    pub(super) figures: Vec<Figure>,
    /// In order, with where they stand, in bytes.
    pub(super) dates: Vec<(Range<usize>, Date)>,
    /// What the names may be shortened to: "hr" for "Human Resources".
    initials: HashSet<String>,
}

#[derive(Debug, Clone)]
pub(super) struct Word {
    range: Range<usize>,
    /// As written, but folded and without what an apostrophe adds.
    pub(super) folded: String,
    stem: String,
    is_capital: bool,
}

/// Capital words in a row.
#[derive(Debug, Clone)]
pub(super) struct Name {
    /// Where it stands, in bytes.
    pub(super) range: Range<usize>,
    /// Its words among those of the text.
    pub(super) words: Range<usize>,
}

impl Reading {
    pub(super) fn of(text: &str, language: Language) -> Self {
        let Figures { numbers, dates } = Figures::of(text, language.has_decimal_comma);
        let mut taken: Vec<Range<usize>> = numbers.iter().map(|figure| figure.range.clone()).collect();
        taken.extend(dates.iter().map(|(range, _)| range.clone()));
        taken.sort_by_key(|range| range.start);
        let is_taken = |at: usize| {
            let next = taken.partition_point(|range| range.start <= at);
            next > 0 && at < taken[next - 1].end
        };
        let words = text.unicode_word_indices().filter(|(at, _)| !is_taken(*at));
        let words: Vec<Word> = words.map(|(at, written)| Word::of(at, written)).collect();
        let names = if language.capitalises_nouns { Vec::new() } else { names(text, &words) };
        let initials = names.iter().flat_map(|name| initials(&words[name.words.clone()])).collect();
        Self { words, names, figures: numbers, dates, initials }
    }

    /// The words that say something of themselves.
    pub(super) fn telling_words(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.tells())
    }

    pub(super) fn says_word(&self, word: &Word) -> bool {
        self.words.iter().any(|own| own.is_same(word))
    }

    /// Whether it says a word of a name, or the initials that the word is.
    pub(super) fn says_name_word(&self, word: &Word) -> bool {
        self.says_word(word) || self.initials.contains(&word.folded)
    }

    /// Whether it says the initials of a name, or writes it as one word: "BestBuy", "avclub.com".
    pub(super) fn says_in_one_word(&self, name: &[Word]) -> bool {
        let initials: String = name.iter().filter_map(|word| word.folded.chars().next()).collect();
        let joined: String = name.iter().map(|word| word.folded.as_str()).collect();
        name.len() > 1 && self.words.iter().any(|own| own.folded == initials || own.folded.contains(&joined))
    }

    pub(super) fn says_figure(&self, figure: &Figure, scales: &[f64]) -> bool {
        self.figures.iter().any(|own| figure.is_in(own, scales))
            || figure.year().is_some_and(|year| self.says_year(year))
    }

    pub(super) fn says_date(&self, date: Date) -> bool {
        self.dates.iter().any(|(_, own)| date.is_in(*own))
    }

    pub(super) fn says_year(&self, year: u32) -> bool {
        self.figures.iter().any(|figure| figure.year() == Some(year))
            || self.dates.iter().any(|(_, date)| date.year == Some(year))
    }
}

impl Word {
    fn of(at: usize, written: &str) -> Self {
        // "U.S." and "US" are one word, "Tesla's" and "Tesla" are.
        let folded = fold(written).replace('.', "");
        let base = folded.split_once('\'').map(|(base, _)| base).filter(|base| base.chars().count() > 2);
        let folded = base.map_or_else(|| folded.clone(), str::to_owned);
        Self {
            range: at..at + written.len(),
            stem: stem(&folded),
            folded,
            is_capital: written.starts_with(char::is_uppercase),
        }
    }

    /// Whether it says something of itself.
    pub(super) fn tells(&self) -> bool {
        !is_stop_word(&self.folded)
    }

    /// Whether two words are forms of one.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        self.stem == other.stem || self.folded == other.folded || is_inflected(&self.folded, &other.folded)
    }
}

/// Forms of one word share their beginning and differ in their endings: "Venedig" and "Venedigs", "иммунная" and
/// "иммунной", "Canada" and "Canadian", but not "Austria" and "Australia", "Medicare" and "Medicaid".
fn is_inflected(one: &str, other: &str) -> bool {
    let shared = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let (one, other) = (one.chars().count(), other.chars().count());
    let (short, long) = (one.min(other), one.max(other));
    (shared == short && shared >= 4 && long - shared <= 3)
        || (shared >= 5 && short - shared <= 1 && long - shared <= 3)
        || (shared >= 5 && shared * 10 >= long * 8)
}

/// Words that stand inside names, between their capitals.
const PARTICLES: [&str; 8] = ["of", "de", "del", "di", "la", "van", "von", "der"];

fn names(text: &str, words: &[Word]) -> Vec<Name> {
    let mut names: Vec<Name> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let goes_on = word.is_capital
            && names.last().is_some_and(|last| is_joined(text, &words[last.words.end - 1..=place]));
        match names.last_mut() {
            Some(last) if goes_on => {
                last.words.end = place + 1;
                last.range.end = word.range.end;
            }
            _ if is_name(text, words, place) => {
                names.push(Name { range: word.range.clone(), words: place..place + 1 });
            }
            _ => {}
        }
    }
    names
}

/// Whether the last of these words belongs to the name that ends with the first so far.
fn is_joined(text: &str, words: &[Word]) -> bool {
    words.windows(2).all(|pair| follows(text, &pair[0], &pair[1]))
        && words[1..words.len() - 1].iter().all(|word| PARTICLES.contains(&word.folded.as_str()))
}

/// Whether a word stands right behind another one of a name, which may be shortened: "Dr. Watson", "St. Ives".
fn follows(text: &str, before: &Word, word: &Word) -> bool {
    let gap = &text[before.range.end..word.range.start];
    let is_short = before.folded.chars().count() <= SHORTENED;
    gap.strip_prefix('.').filter(|_| is_short).unwrap_or(gap).chars().all(char::is_whitespace)
}

/// No shortened title is longer.
const SHORTENED: usize = 3;

/// A capital tells a name, except at the beginning of a sentence: there another sign has to come to it.
fn is_name(text: &str, words: &[Word], place: usize) -> bool {
    let word = &words[place];
    let written = &text[word.range.clone()];
    if written.chars().count() == 1 || !word.tells() {
        return false;
    }
    let rest_has = |test: fn(char) -> bool| written.chars().skip(1).any(test);
    if written.contains(char::is_numeric) {
        return written.contains(char::is_alphabetic);
    }
    let next = words.get(place + 1).filter(|next| follows(text, word, next));
    word.is_capital
        && (!starts_sentence(&text[..word.range.start])
            || rest_has(char::is_uppercase)
            || written.contains(['\'', '’'])
            || next.is_some_and(|next| next.is_capital && next.tells() && next.folded.len() > 1))
}

fn starts_sentence(before: &str) -> bool {
    let before = before.trim_end_matches([' ', '“', '"', '(', '*', '_', '‘', '¿', '¡', '«', '„']);
    before.is_empty()
        || before.ends_with(['.', '!', '?', ':', '。', '\n', '•', '·', '\t', '|', '-', '–', '—'])
}

/// The first letters of all words of a name in a row.
fn initials(name: &[Word]) -> Vec<String> {
    let letters: Vec<char> =
        name.iter().filter(|word| word.is_capital).filter_map(|word| word.folded.chars().next()).collect();
    let ends = |start: usize| start + 2..=letters.len();
    (0..letters.len())
        .flat_map(|start| ends(start).map(move |end| (start, end)))
        .map(|(start, end)| letters[start..end].iter().collect())
        .collect()
}
