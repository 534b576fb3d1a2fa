//! Glyphs put together to words, and words to lines.

use std::collections::HashMap;

use super::bidi::{is_right_to_left, order_words};
use super::glyphs::Glyph;
use super::leaders::without_leaders;
use super::page_tree::View;
use super::runs::Runs;
use super::word_gaps::WordGaps;
use crate::Bounds;

/// A gap this wide, in units of the font size, parts two columns or two cells.
pub(super) const CELL_GAP: f64 = 1.5;
/// Letters above or below the baseline by less than this are raised or lowered, not on another line.
pub(super) const SAME_LINE: f64 = 0.55;

/// What stands between a word and the one before it on the line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    Space,
    /// The next cell of a table row, or the next column.
    Cell,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct LineWord {
    pub text: String,
    pub bounds: Bounds,
    pub before: Gap,
}

impl LineWord {
    /// Takes in what stands at its right.
    fn absorb(&mut self, next: &Self) {
        self.push(&next.text);
        self.bounds = union(self.bounds, next.bounds);
    }

    /// Adds what stands at its right: the next letters, or those before in a right-to-left script.
    pub fn push(&mut self, text: &str) {
        if is_right_to_left(text) || (is_right_to_left(&self.text) && !text.ends_with(char::is_alphanumeric))
        {
            self.text.insert_str(0, text);
        } else {
            self.text.push_str(text);
        }
    }
}

/// Words on one baseline, in the order in which they are read.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub words: Vec<LineWord>,
    /// The direction of writing, of length 1.
    pub direction: (f64, f64),
    /// Where it starts and ends, measured along the direction of writing.
    pub start: f64,
    pub end: f64,
    /// Distance of the baseline from the origin, growing upwards for upright text.
    pub baseline: f64,
    /// Font size of most of its letters.
    pub size: f64,
    /// Whether nearly all of its letters are bold: a paragraph may start with some.
    pub bold: bool,
    pub letters: usize,
    pub bold_letters: usize,
}

impl Line {
    pub fn runs_like(&self, direction: (f64, f64)) -> bool {
        self.direction.0 * direction.0 + self.direction.1 * direction.1 > 0.98
    }

    pub fn mostly_bold(&self) -> bool {
        self.bold_letters * 10 >= self.letters * 9
    }

    pub fn along(&self, x: f64, y: f64) -> f64 {
        x * self.direction.0 + y * self.direction.1
    }

    pub fn across(&self, x: f64, y: f64) -> f64 {
        y * self.direction.0 - x * self.direction.1
    }

    /// Whether `next` stands on the same baseline, apart by no more than `most` (in units of the font size).
    fn is_followed_by(&self, next: &Self, most: f64) -> bool {
        let em = self.size.max(next.size);
        let gap = (next.start - self.end) / em;
        self.runs_like(next.direction)
            && (self.baseline - next.baseline).abs() < SAME_LINE * em
            && (-0.3..most).contains(&gap)
    }

    fn append(&mut self, mut next: Self, word_gap: f64) {
        let gap = (next.start - self.end) / self.size.max(next.size);
        if gap < word_gap
            && let (Some(last), false) = (self.words.last_mut(), next.words.is_empty())
        {
            last.absorb(&next.words.remove(0));
        }
        if let Some(first) = next.words.first_mut()
            && gap >= word_gap
        {
            first.before = if gap > CELL_GAP { Gap::Cell } else { Gap::Space };
        }
        // The longer part counts: the other may be raised.
        if next.letters > self.letters {
            (self.baseline, self.size) = (next.baseline, next.size);
        }
        self.words.append(&mut next.words);
        self.end = self.end.max(next.end);
        self.letters += next.letters;
        self.bold_letters += next.bold_letters;
        self.bold = self.mostly_bold();
    }
}

/// The lines of a page, in the order in which the page's content shows them.
pub(super) fn lines_of(glyphs: &[Glyph], view: &View) -> Vec<Line> {
    let word_gaps = WordGaps::of(glyphs);
    let mut runs = Runs::default();
    for (index, glyph) in glyphs.iter().enumerate() {
        // What lies outside the page is not seen by a reader.
        if glyph.x + glyph.advance >= 0.0
            && glyph.x <= view.width
            && glyph.y + glyph.size >= 0.0
            && glyph.y <= view.height
        {
            runs.add(glyph, word_gaps.before(index));
        }
    }
    let mut lines = joined(runs.finish(), word_gaps.between_pieces());
    for line in &mut lines {
        line.words = without_leaders(&line.words);
        order_words(&mut line.words);
    }
    lines.retain(|line| !line.words.is_empty());
    lines
}

/// Runs that continue each other become one line, even if others were shown in between: some programs show
/// all bold words of a page after all others.
fn joined(runs: Vec<Line>, word_gap: f64) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut by_baseline: HashMap<i64, Vec<usize>> = HashMap::new();
    for run in runs {
        if let Some(last) = lines.last_mut()
            && last.is_followed_by(&run, f64::INFINITY)
        {
            last.append(run, word_gap);
            continue;
        }
        let bucket = (run.baseline / 4.0).round() as i64;
        let near = (bucket - 1..=bucket + 1).filter_map(|bucket| by_baseline.get(&bucket)).flatten();
        let neighbour = near.copied().find(|index| {
            let line: &Line = &lines[*index];
            line.is_followed_by(&run, 1.0) || run.is_followed_by(line, 1.0)
        });
        match neighbour {
            Some(index) if lines[index].start <= run.start => lines[index].append(run, word_gap),
            Some(index) => {
                let line = std::mem::replace(&mut lines[index], run);
                lines[index].append(line, word_gap);
            }
            None => {
                by_baseline.entry(bucket).or_default().push(lines.len());
                lines.push(run);
            }
        }
    }
    lines
}

pub(super) fn union(a: Bounds, b: Bounds) -> Bounds {
    Bounds {
        left: a.left.min(b.left),
        bottom: a.bottom.min(b.bottom),
        right: a.right.max(b.right),
        top: a.top.max(b.top),
    }
}
