//! A page's text with its blocks and the places of its words.

use std::collections::{BTreeMap, HashSet};
use std::ops::Range;

use super::columns::begins_cell;
use super::lines::{Line, LineWord};
use super::paragraphs::groups_of;
use crate::{Block, BlockKind, Word};

/// Half points: sizes nearer to each other count as the same.
const SIZE_STEP: f64 = 0.5;

/// How many letters a document has in each font size.
#[derive(Debug, Default)]
pub(super) struct FontSizes {
    letters: BTreeMap<i64, usize>,
}

impl FontSizes {
    pub fn add(&mut self, lines: &[Line]) {
        for line in lines {
            *self.letters.entry((line.size / SIZE_STEP).round() as i64).or_default() += line.letters;
        }
    }

    /// The size of the running text, in points.
    pub fn body(&self) -> f64 {
        let most = self.letters.iter().max_by_key(|(_, letters)| **letters);
        most.map_or(10.0, |(size, _)| *size as f64 * SIZE_STEP).max(SIZE_STEP)
    }
}

#[derive(Debug, Default)]
pub(super) struct PageText {
    pub text: String,
    pub blocks: Vec<Block>,
    pub words: Vec<Word>,
}

pub(super) fn page_text(lines: &[Line], body_size: f64) -> PageText {
    let mut page = PageText::default();
    let hyphenated = hyphenated_words(lines.iter().flat_map(|line| &line.words));
    for group in groups_of(lines, body_size) {
        let lines: Vec<&[LineWord]> = group.lines.iter().map(|line| line.words.as_slice()).collect();
        page.add(group.kind, &lines, &group.columns, &hyphenated);
    }
    page
}

/// Text whose paragraphs are known, by their lines.
pub(super) fn text_of(paragraphs: &[Vec<Vec<LineWord>>]) -> PageText {
    let mut page = PageText::default();
    let hyphenated = hyphenated_words(paragraphs.iter().flatten().flatten());
    for paragraph in paragraphs {
        let lines: Vec<&[LineWord]> = paragraph.iter().map(Vec::as_slice).collect();
        page.add(BlockKind::Paragraph, &lines, &[], &hyphenated);
    }
    page
}

/// Words with a hyphen inside: one that is broken behind its hyphen keeps it.
fn hyphenated_words<'a>(words: impl Iterator<Item = &'a LineWord>) -> HashSet<String> {
    words.filter(|word| word.text.trim_end_matches('-').contains('-')).map(|word| plain(&word.text)).collect()
}

fn plain(word: &str) -> String {
    word.trim_matches(|character: char| !character.is_alphanumeric()).to_lowercase()
}

impl PageText {
    /// `columns` are those of the cells, where it is the row of a table.
    fn add(
        &mut self,
        kind: BlockKind,
        lines: &[&[LineWord]],
        columns: &[usize],
        hyphenated: &HashSet<String>,
    ) {
        let is_row = matches!(kind, BlockKind::TableRow { .. });
        if let Some(last) = self.blocks.last() {
            let next_row = is_row && matches!(last.kind, BlockKind::TableRow { .. });
            self.text.push_str(if next_row { "\n" } else { "\n\n" });
        }
        let start = self.text.len();
        let mut join = Join::Nothing;
        let mut tabs = columns.iter().scan(0, |last, column| {
            let step = column - std::mem::replace(last, *column);
            Some("\t".repeat(step))
        });
        self.text.extend(tabs.next());
        for (index, line) in lines.iter().enumerate() {
            for (position, word) in line.iter().enumerate() {
                match (position, join) {
                    (0, Join::Nothing | Join::Compound) => {}
                    (0, Join::Line) => self.text.push('\n'),
                    (0, Join::Hyphen) => {
                        self.text.pop();
                    }
                    _ if is_row && begins_cell(&line[position - 1], word) => self.text.extend(tabs.next()),
                    _ => self.text.push(' '),
                }
                self.push_word(word);
            }
            let next = lines.get(index + 1).and_then(|line| line.first());
            join = line
                .last()
                .zip(next)
                .map_or(Join::Line, |(last, next)| Join::between(&last.text, &next.text, hyphenated));
        }
        self.blocks.push(Block { kind, range: start..self.text.len() });
    }

    fn push_word(&mut self, word: &LineWord) {
        let start = self.text.len();
        self.text.extend(word.text.chars().filter(|character| *character != '\u{ad}'));
        // A soft hyphen at the end of a line is a hyphen until the next line shows what to do with it.
        if word.text.ends_with('\u{ad}') {
            self.text.push('-');
        }
        let range: Range<usize> = start..self.text.len();
        if !range.is_empty() {
            self.words.push(Word { range, bounds: word.bounds });
        }
    }
}

/// What to put between the end of a line and the start of the next one.
#[derive(Clone, Copy)]
enum Join {
    Nothing,
    Line,
    /// The word goes on and its hyphen goes.
    Hyphen,
    /// The word goes on as it is.
    Compound,
}

/// Chinese and Japanese are written without spaces, so a line's end is none either.
fn is_unspaced(character: char) -> bool {
    matches!(character, '\u{3000}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{ff66}'..='\u{ff9f}' | '\u{20000}'..='\u{3ffff}')
}

impl Join {
    fn between(last: &str, next: &str, hyphenated: &HashSet<String>) -> Self {
        if last.ends_with(is_unspaced) && next.starts_with(is_unspaced) {
            return Self::Compound;
        }
        let Some(stem) = last.strip_suffix(['-', '\u{2010}', '\u{ad}']) else { return Self::Line };
        let goes_on = stem.ends_with(char::is_alphabetic) && next.starts_with(char::is_lowercase);
        if !goes_on {
            return Self::Line;
        }
        let compound = plain(&format!("{stem}-{next}"));
        if hyphenated.contains(&compound) { Self::Compound } else { Self::Hyphen }
    }
}
