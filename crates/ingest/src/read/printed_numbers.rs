//! The numbers printed on pages: those at their edges that run with the pages.

use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use extract::Word;
use regex::Regex;
use text::{of_roman, roman};

/// The number of a page stands in one of so many lines at its top or at its bottom.
const OUTER_LINES: usize = 2;
/// A stretch of pages has to show its numbers on so many more pages than it has others, of which some are not printed on:
/// with two, the parts of a contract and the exhibits of a report were taken for pages.
const LEAST_SHOWN: i64 = 4;

/// "84", "F-12", "F - 12", "2-15", with the colon or the stop behind it: then it counts a table or a heading.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b([A-Z]{1,3}[-–—.]?|[A-Z] [-–—] |\d{1,2}[-–—.])?(\d{1,5})\b([:.]?)")
        .expect("a valid pattern")
});
static NUMERAL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:[ivxlcdm]+|[IVXLCDM]+)\b").expect("a valid pattern"));

/// The numbers at the edges of the pages of one document.
#[derive(Default)]
pub(super) struct PrintedNumbers {
    pages: Vec<BTreeSet<Sequence>>,
}

/// Numbers that run with the pages.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Sequence {
    /// What stands in front of each.
    prefix: String,
    form: Form,
    /// The number of the first page of the document, if it had one.
    start: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Form {
    Digits,
    SmallNumerals,
    LargeNumerals,
}

/// Pages that show the numbers of a sequence, and those between them.
struct Stretch<'a> {
    sequence: &'a Sequence,
    first: usize,
    last_shown: usize,
    /// How many of its pages show their number, less those that do not, with what the best stretches before it have.
    score: i64,
    before: Option<End>,
}

/// The last of the best stretches up to a page, and where it ends.
#[derive(Clone, Copy)]
struct End {
    stretch: usize,
    page: usize,
}

impl PrintedNumbers {
    /// Takes in the next page, by its text and the places of the words in it.
    pub(super) fn add(&mut self, text: &str, words: &[Word]) {
        let index = self.pages.len() as i64;
        let lines = lines_of(text, words);
        let inner = OUTER_LINES..lines.len().saturating_sub(OUTER_LINES).max(OUTER_LINES);
        let outer = lines.iter().enumerate().filter(|(place, _)| !inner.contains(place));
        self.pages.push(outer.flat_map(|(_, line)| sequences_in(line, index)).collect());
    }

    /// The label of each page: what is printed on it, or else what the file calls it, if that is what is printed on most
    /// of the others.
    pub(super) fn labels(&self, declared: Vec<Option<String>>) -> Vec<Option<String>> {
        let printed = self.running();
        let both = printed.iter().zip(&declared).filter(|(one, other)| one.is_some() && other.is_some());
        let (same, different): (Vec<_>, Vec<_>) = both.partition(|(one, other)| one == other);
        if same.len() < different.len() {
            return printed;
        }
        let declared = declared.into_iter().chain(std::iter::repeat(None));
        printed.into_iter().zip(declared).map(|(printed, declared)| printed.or(declared)).collect()
    }

    /// The stretches that show the most numbers altogether, found in one walk: each number goes on with the stretch that
    /// it belongs to or begins one behind the best of those before, whichever shows more.
    fn running(&self) -> Vec<Option<String>> {
        let mut stretches: Vec<Stretch> = Vec::new();
        let mut latest: HashMap<&Sequence, usize> = HashMap::new();
        let (mut best_score, mut best) = (0, None);
        for (page, sequences) in self.pages.iter().enumerate() {
            let (score_before, before) = (best_score, best);
            for sequence in sequences {
                let begun = score_before + 1 - LEAST_SHOWN;
                let going_on = latest.get(sequence).map(|known| {
                    let Stretch { score, last_shown, .. } = stretches[*known];
                    (*known, score - (page - last_shown - 1) as i64)
                });
                let (stretch, score) = match going_on {
                    Some((stretch, score)) if score > begun => (stretch, score + 1),
                    _ => {
                        stretches.push(Stretch { sequence, first: page, last_shown: page, score: 0, before });
                        (stretches.len() - 1, begun + 1)
                    }
                };
                (stretches[stretch].score, stretches[stretch].last_shown) = (score, page);
                latest.insert(sequence, stretch);
                if score > best_score {
                    (best_score, best) = (score, Some(End { stretch, page }));
                }
            }
        }
        let mut labels = vec![None; self.pages.len()];
        while let Some(End { stretch, page }) = best {
            let Stretch { sequence, first, before, .. } = &stretches[stretch];
            for (index, label) in labels.iter_mut().enumerate().take(page + 1).skip(*first) {
                *label = sequence.label(index as i64);
            }
            best = *before;
        }
        labels
    }
}

impl Sequence {
    fn label(&self, page: i64) -> Option<String> {
        let number = u32::try_from(self.start + page).ok()?;
        Some(match self.form {
            Form::Digits => format!("{}{number}", self.prefix),
            Form::SmallNumerals => roman(number),
            Form::LargeNumerals => roman(number).to_uppercase(),
        })
    }
}

/// The sequences that the numbers of a line belong to if they are that of this page, counted from 0.
fn sequences_in(line: &str, page: i64) -> Vec<Sequence> {
    let numbers = NUMBER.captures_iter(line).filter(|found| found[3].is_empty()).filter_map(|found| {
        let prefix = found.get(1).map_or("", |prefix| prefix.as_str()).replace(' ', "");
        Some(Sequence { prefix, form: Form::Digits, start: found[2].parse::<i64>().ok()? - page })
    });
    let numerals = NUMERAL.find_iter(line).filter_map(|found| {
        let numeral = found.as_str().to_lowercase();
        let form = if numeral == found.as_str() { Form::SmallNumerals } else { Form::LargeNumerals };
        Some(Sequence { prefix: String::new(), form, start: i64::from(of_roman(&numeral)?) - page })
    });
    numbers.chain(numerals).collect()
}

/// What stands side by side on a page, from the top to the bottom.
fn lines_of(text: &str, words: &[Word]) -> Vec<String> {
    let mut words: Vec<_> = words.iter().collect();
    let middle = |word: &Word| (word.bounds.bottom + word.bounds.top) / 2.0;
    words.sort_by(|one, other| middle(other).total_cmp(&middle(one)));
    let sides = words.chunk_by(|one, other| (one.bounds.bottom..=one.bounds.top).contains(&middle(other)));
    sides
        .map(|line| {
            let mut line = line.to_vec();
            line.sort_by(|one, other| one.bounds.left.total_cmp(&other.bounds.left));
            let texts = line.iter().filter_map(|word| text.get(word.range.clone()));
            texts.collect::<Vec<_>>().join(" ")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use extract::Bounds;

    use super::*;

    /// The text and the words of a page with these lines, from the top to the bottom.
    fn page(lines: &[String]) -> (String, Vec<Word>) {
        let (mut text, mut words) = (String::new(), Vec::new());
        for (line, top) in lines.iter().zip((0..).map(|place| 800.0 - 20.0 * place as f32)) {
            for (word, left) in line.split(' ').zip((0..).map(|place| 50.0 * place as f32)) {
                let range = text.len()..text.len() + word.len();
                words.push(Word {
                    range,
                    bounds: Bounds { left, bottom: top - 10.0, right: left + 40.0, top },
                });
                text += word;
                text.push('\n');
            }
        }
        (text, words)
    }

    /// Of pages with these feet, below a table with the same numbers on each.
    fn labels(feet: &[&str], declared: &[&str]) -> Vec<String> {
        let mut numbers = PrintedNumbers::default();
        for foot in feet {
            let rows = (1..=9).map(|row| format!("Gauge {row} {} 1,577", row + 31));
            let head = "Harbour report 2018".to_owned();
            let (text, words) = page(&[vec![head], rows.collect(), vec![(*foot).to_owned()]].concat());
            numbers.add(&text, &words);
        }
        let declared = declared.iter().map(|label| Some((*label).to_owned())).collect();
        numbers.labels(declared).into_iter().map(Option::unwrap_or_default).collect()
    }

    #[test]
    fn numbers_that_run_with_the_pages_are_theirs() {
        let feet =
            ["", "ii", "iii", "- iv -", "v", "1 | Tides", "2 | Tides", "", "4 | Tides", "5 | Tides", "6"];
        assert_eq!(labels(&feet, &[]), ["", "ii", "iii", "iv", "v", "1", "2", "3", "4", "5", "6"]);
        let feet = ["8", "9", "10", "11", "F - 1", "F - 2", "F - 3", "F - 4", "Exhibit 31", "Exhibit 32"];
        assert_eq!(labels(&feet, &[]), ["8", "9", "10", "11", "F-1", "F-2", "F-3", "F-4", "", ""]);
        let feet = ["Page 3 of 9", "Page 4 of 9", "Page 5 of 9", "Page 6 of 9"];
        assert_eq!(labels(&feet, &[]), ["3", "4", "5", "6"]);
    }

    #[test]
    fn numbers_that_stand_still_or_jump_are_not() {
        assert_eq!(labels(&["2018", "2018", "2018", "2018", "2018"], &[]), [""; 5]);
        assert_eq!(labels(&["12", "70", "14", "3", "16"], &[]), [""; 5]);
        let captions = ["Table 2: Tides", "Table 3: Lamps", "Table 4: Ships", "Table 5: Fog", "Table 6: Ice"];
        assert_eq!(labels(&captions, &[]), [""; 5]);
    }

    #[test]
    fn a_file_is_believed_as_far_as_its_pages_say_the_same() {
        let declared = ["A", "B", "1", "2", "3", "4", "5"];
        assert_eq!(labels(&["", "", "1", "2", "3", "4", ""], &declared), declared);
        assert_eq!(labels(&[""; 7], &declared), declared);
        assert_eq!(labels(&["", "", "7", "8", "9", "10", ""], &declared), ["", "", "7", "8", "9", "10", ""]);
    }
}
