//! Glyphs put together to words, and words to lines.

use std::collections::HashMap;

use super::bidi::{is_right_to_left, order_words, run_against};
use super::glyphs::Glyph;
use super::leaders::{may_have_leaders, without_leaders};
use super::page_tree::View;
use super::reading_order;
use super::runs::{Runs, SHADOW};
use super::text_columns;
use super::word_gaps::WordGaps;
use crate::Bounds;

/// A gap this wide, in units of the font size, parts two columns or two cells.
pub(super) const CELL_GAP: f64 = 1.5;
/// Letters above or below the baseline by less than this are raised or lowered, not on another line.
pub(super) const SAME_LINE: f64 = 0.55;

/// Places that differ by less are the same, in units of the font size.
const SAME_PLACE: f64 = 0.1;

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
        let is_letter = text.ends_with(char::is_alphanumeric);
        if is_right_to_left(text) || (!is_letter && is_right_to_left(&self.text)) {
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

    /// Where a word starts and ends, measured along the direction of writing.
    pub fn extent(&self, word: &LineWord) -> (f64, f64) {
        let Bounds { left, bottom, right, top } = word.bounds;
        let corners = [(left, bottom), (right, top)].map(|(x, y)| self.along(x.into(), y.into()));
        (corners[0].min(corners[1]), corners[0].max(corners[1]))
    }

    pub fn has_cells(&self) -> bool {
        self.words.iter().skip(1).any(|word| word.before == Gap::Cell)
    }

    /// Whether `other` stands at the left or the right of it, about on the same height.
    pub fn stands_beside(&self, other: &Self) -> bool {
        let em = self.size.max(other.size);
        let gap = (other.start - self.end).max(self.start - other.end);
        self.runs_like(other.direction) && (self.baseline - other.baseline).abs() < em && gap > 0.0
    }

    /// Whether the words of `other` stand in gaps between those of this line, as the signs of a formula may.
    fn interleaves(&self, other: &Self) -> bool {
        let extents = |line: &Self| line.words.iter().map(|word| self.extent(word)).collect::<Vec<_>>();
        let overlaps = |(start, end): &(f64, f64), (other_start, other_end): &(f64, f64)| {
            start.max(*other_start) < end.min(*other_end) - SAME_PLACE * self.size
        };
        self.start < other.end
            && other.start < self.end
            && self.runs_like(other.direction)
            && (self.baseline - other.baseline).abs() < SAME_PLACE * self.size
            && {
                let theirs = extents(other);
                !extents(self).iter().any(|word| theirs.iter().any(|their| overlaps(word, their)))
            }
    }

    /// Puts the words of `other` between those of this line.
    fn interleave(&mut self, other: Self) {
        let (ux, uy) = self.direction;
        let start = |word: &LineWord| f64::from(word.bounds.left) * ux + f64::from(word.bounds.bottom) * uy;
        self.words.extend(other.words);
        self.words.sort_by(|a, b| start(a).total_cmp(&start(b)));
        self.words.iter_mut().for_each(|word| word.before = Gap::Space);
        (self.start, self.end) = (self.start.min(other.start), self.end.max(other.end));
        self.letters += other.letters;
        self.bold_letters += other.bold_letters;
        self.bold = self.mostly_bold();
    }

    fn append(&mut self, mut next: Self, word_gap: f64) {
        let gap = (next.start - self.end) / self.size.max(next.size);
        if gap < word_gap
            && let (Some(last), Some(first)) = (self.words.last_mut(), next.words.first())
            && !run_against(&last.text, &first.text)
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
    let mut lines = interleaved(joined(runs.finish(), word_gaps.between_pieces()));
    leave_out_repeated(&mut lines);
    for line in &mut lines {
        if may_have_leaders(&line.words) {
            line.words = without_leaders(&line.words);
        }
        order_words(&mut line.words);
    }
    lines.retain(|line| !line.words.is_empty());
    let lines = text_columns::one_after_the_other(&lines);
    if reading_order::jumps(&lines) { reading_order::by_place(lines) } else { lines }
}

/// Lines whose words stand in each other's gaps become one: some programs show all letters of a formula, then all
/// its signs.
fn interleaved(lines: Vec<Line>) -> Vec<Line> {
    let mut whole: Vec<Line> = Vec::new();
    let mut by_baseline: HashMap<i64, Vec<usize>> = HashMap::new();
    for line in lines {
        let baseline = line.baseline.round() as i64;
        let near = (baseline - 1..=baseline + 1).filter_map(|baseline| by_baseline.get(&baseline)).flatten();
        match near.copied().find(|index| whole[*index].interleaves(&line)) {
            Some(index) => whole[index].interleave(line),
            None => {
                by_baseline.entry(baseline).or_default().push(whole.len());
                whole.push(line);
            }
        }
    }
    whole
}

/// Lines that are printed again in the same place, as stamps and shadows are, are read once.
fn leave_out_repeated(lines: &mut Vec<Line>) {
    let mut places: HashMap<&str, Vec<Bounds>> = HashMap::new();
    let mut repeated = Vec::with_capacity(lines.len());
    for line in lines.iter() {
        let near = SHADOW * line.size;
        let mut all_seen = true;
        for word in &line.words {
            let seen = places.entry(&word.text).or_default();
            all_seen &= seen.iter().any(|place| is_near(*place, word.bounds, near));
            seen.push(word.bounds);
        }
        repeated.push(all_seen);
    }
    let mut repeated = repeated.into_iter();
    lines.retain(|_| repeated.next() == Some(false));
}

fn is_near(a: Bounds, b: Bounds, distance: f64) -> bool {
    f64::from((a.left - b.left).abs().max((a.bottom - b.bottom).abs())) < distance
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
