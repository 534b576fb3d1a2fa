//! A text as the check reads it: its words, names, figures and dates.

use std::collections::{HashSet, VecDeque};
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

/// Capital words in a row. What a small word joins is two names, each to be looked for: "University of Michigan".
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
        let names = names(text, &words, language);
        let initials = initials(text, &words);
        Self { words, names, figures: numbers, dates, initials }
    }

    /// The words that say something of themselves.
    pub(super) fn telling_words(&self) -> impl Iterator<Item = &Word> {
        self.words.iter().filter(|word| word.tells())
    }

    pub(super) fn says_word(&self, word: &Word) -> bool {
        self.words.iter().any(|own| own.is_same(word))
    }

    /// Whether it says a word of a name, alone or as part of a word ("transatlantic"), or the initials that the word is.
    pub(super) fn says_name_word(&self, word: &Word) -> bool {
        let is_part = |own: &Word| own.folded.starts_with(&word.folded) || own.folded.ends_with(&word.folded);
        let is_long = word.folded.chars().count() >= LEAST_PART;
        self.says_word(word)
            || self.initials.contains(&word.folded)
            || (is_long && self.words.iter().any(is_part))
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

/// A shorter name is part of other words by chance.
const LEAST_PART: usize = 5;

/// Where nouns have capitals, only several capitals in a row tell a name, and those that are no noun's.
fn names(text: &str, words: &[Word], language: Language) -> Vec<Name> {
    let small: HashSet<&str> =
        words.iter().filter(|word| !word.is_capital).map(|word| word.folded.as_str()).collect();
    let mut names: Vec<Name> = Vec::new();
    for (place, word) in words.iter().enumerate() {
        let goes_on = word.is_capital
            && names
                .last()
                .is_some_and(|last| last.words.end == place && follows(text, &words[place - 1], word));
        match names.last_mut() {
            Some(last) if goes_on => {
                last.words.end = place + 1;
                last.range.end = word.range.end;
            }
            _ if is_name(text, words, place)
                && !(word.is_capital && small.contains(word.folded.as_str())) =>
            {
                names.push(Name { range: word.range.clone(), words: place..place + 1 });
            }
            _ => {}
        }
    }
    if language.capitalises_nouns {
        names.retain(|name| is_name_among_nouns(text, &words[name.words.clone()]));
    }
    names
}

fn is_name_among_nouns(text: &str, name: &[Word]) -> bool {
    let written = &text[name[0].range.clone()];
    let has_signs = written.chars().skip(1).any(|letter| letter.is_uppercase() || letter.is_numeric());
    has_signs || (name.len() > 1 && !starts_sentence(&text[..name[0].range.start]))
}

/// Whether a word stands right behind another one of a name, which may be shortened: "Dr. Watson", "St. Ives".
fn follows(text: &str, before: &Word, word: &Word) -> bool {
    let gap = &text[before.range.end..word.range.start];
    let is_short = before.folded.chars().count() <= SHORTENED;
    gap.strip_prefix('.').filter(|_| is_short).unwrap_or(gap).chars().all(char::is_whitespace)
}

/// No shortened title is longer, and few words that join others.
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

/// Initials have seldom more letters.
const LONGEST_INITIALS: usize = 8;

/// The first letters of capital words in a row, whatever short words stand between them: "FBI" for "Federal Bureau of
/// Investigation".
fn initials(text: &str, words: &[Word]) -> HashSet<String> {
    let mut found = HashSet::new();
    let mut letters: VecDeque<char> = VecDeque::new();
    for (place, word) in words.iter().enumerate() {
        let goes_on = place > 0 && follows(text, &words[place - 1], word);
        if !goes_on || !(word.is_capital || word.folded.chars().count() <= SHORTENED) {
            letters.clear();
        }
        if word.is_capital {
            letters.extend(word.folded.chars().next());
            letters.drain(..letters.len().saturating_sub(LONGEST_INITIALS));
            found.extend((0..letters.len().saturating_sub(1)).map(|start| letters.range(start..).collect()));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        let reading = Reading::of(text, Language::of(text));
        reading.names.into_iter().map(|name| &text[name.range]).collect()
    }

    #[test]
    fn capitals_in_a_row_are_one_name_and_a_small_word_between_them_makes_two() {
        assert_eq!(
            names("The mole of Skerry Point was drawn by Dr. Jane Orr of the University of Kiel."),
            ["Skerry Point", "Dr. Jane Orr", "University", "Kiel"]
        );
    }

    #[test]
    fn initials_stand_for_capitals_in_a_row() {
        let source =
            Reading::of("Asked by the Federal Bureau of Investigation, it left.", Language::default());
        let says = |name: &str| source.says_name_word(&Reading::of(name, Language::default()).words[0]);
        assert!(says("FBI") && says("FB") && !says("FIB"));
    }

    #[test]
    fn years_and_quarters_are_figures_and_no_names() {
        let text = "In Q1 of FY2016 and in FY 17 the 3M works sold less.";
        let reading = Reading::of(text, Language::of(text));
        let figures: Vec<&str> = reading.figures.iter().map(|figure| &text[figure.range.clone()]).collect();
        assert_eq!((figures, names(text)), (vec!["Q1", "FY2016", "FY 17"], vec!["3M"]));
    }

    #[test]
    fn a_capital_tells_no_name_where_the_same_word_stands_small() {
        assert_eq!(names("The tribute album is Maiden Voyage: A Tribute."), ["Maiden Voyage"]);
    }

    #[test]
    fn where_nouns_have_capitals_only_several_in_a_row_are_a_name() {
        let text = "Die Lampe wurde von dem Wärter Ole Petersen und der NATO auf der Insel mit Öl entzündet.";
        assert_eq!(names(text), ["Wärter Ole Petersen", "NATO"]);
    }

    #[test]
    fn a_name_may_be_part_of_a_word() {
        let says = |source: &str, name: &str| {
            let [source, name] = [source, name].map(|text| Reading::of(text, Language::default()));
            source.says_name_word(&name.words[0])
        };
        assert!(says("the transatlantic cable", "Atlantic") && says("die Tunneluniversität", "Tunnel"));
        assert!(!says("the cromer light", "Rome"));
    }
}
