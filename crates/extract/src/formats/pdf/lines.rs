//! Glyphs put together to words, and words to lines.

use std::collections::HashMap;

use super::bidi::{is_right_to_left, order_words};
use super::glyphs::Glyph;
use super::leaders::without_leaders;
use super::page_tree::View;
use super::word_gaps::{WordGaps, is_blank};
use crate::Bounds;

/// All distances are in units of the font size.
/// A gap this wide parts two columns or two cells.
const CELL_GAP: f64 = 1.5;
/// Letters above or below the baseline by less than this are raised or lowered, not on another line.
const SAME_LINE: f64 = 0.55;
/// Steps back by less than this are kerning.
const KERNING: f64 = 0.9;
/// The same letter so near to the last one is its shadow: that is how some programs print bold.
const SHADOW: f64 = 0.06;
/// How far letters reach below and above the baseline.
const DESCENT: f64 = 0.2;
const ASCENT: f64 = 0.8;

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

    fn push(&mut self, text: &str) {
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
    /// Whether most of its letters are bold.
    pub bold: bool,
    pub letters: usize,
    bold_letters: usize,
}

impl Line {
    fn runs_like(&self, direction: (f64, f64)) -> bool {
        self.direction.0 * direction.0 + self.direction.1 * direction.1 > 0.98
    }

    fn along(&self, x: f64, y: f64) -> f64 {
        x * self.direction.0 + y * self.direction.1
    }

    fn across(&self, x: f64, y: f64) -> f64 {
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
        self.bold = self.bold_letters * 2 > self.letters;
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

/// Builds runs: glyphs shown one after the other on one baseline without a wide gap.
#[derive(Default)]
struct Runs<'a> {
    done: Vec<Line>,
    run: Option<Line>,
    word: Option<LineWord>,
    last: Option<&'a Glyph>,
    /// The font sizes in the run, with the number of letters and the first baseline of each.
    sizes: Vec<(f64, usize, f64)>,
}

impl<'a> Runs<'a> {
    fn add(&mut self, glyph: &'a Glyph, word_gap: f64) {
        let is_blank = is_blank(glyph);
        if let (Some(last), Some(run)) = (self.last, &self.run) {
            let end = (last.x + last.direction.0 * last.advance, last.y + last.direction.1 * last.advance);
            let gap = run.along(glyph.x - end.0, glyph.y - end.1);
            let shift = run.across(glyph.x - end.0, glyph.y - end.1).abs();
            let em = last.size.max(glyph.size);
            let step = (glyph.x - last.x).abs().max((glyph.y - last.y).abs());
            if glyph.text == last.text && !is_blank && step < SHADOW * em {
                return;
            }
            let turned = !run.runs_like(glyph.direction);
            if turned
                || shift > SAME_LINE * em
                || gap > CELL_GAP * em
                || gap < -KERNING * em.max(last.advance)
            {
                self.end_run();
            } else if gap > word_gap * last.size.min(glyph.size) {
                self.end_word();
            }
        }
        self.last = Some(glyph);
        if is_blank {
            self.end_word();
        } else {
            self.add_letter(glyph);
        }
    }

    fn add_letter(&mut self, glyph: &Glyph) {
        let run = self.run.get_or_insert_with(|| Line {
            words: Vec::new(),
            direction: glyph.direction,
            start: f64::INFINITY,
            end: f64::NEG_INFINITY,
            baseline: 0.0,
            size: glyph.size,
            bold: glyph.bold,
            letters: 0,
            bold_letters: 0,
        });
        let baseline = run.across(glyph.x, glyph.y);
        match self.sizes.iter_mut().find(|(size, _, _)| (size - glyph.size).abs() < 0.05 * size) {
            Some((_, letters, _)) => *letters += 1,
            None => self.sizes.push((glyph.size, 1, baseline)),
        }
        let start = run.along(glyph.x, glyph.y);
        run.start = run.start.min(start);
        run.end = run.end.max(start + glyph.advance);
        run.letters += 1;
        run.bold_letters += usize::from(glyph.bold);
        let bounds = bounds_of(glyph);
        match &mut self.word {
            Some(word) => {
                word.push(&glyph.text);
                word.bounds = union(word.bounds, bounds);
            }
            None => {
                self.word = Some(LineWord { text: glyph.text.clone(), bounds, before: Gap::Space });
            }
        }
    }

    fn end_word(&mut self) {
        if let (Some(word), Some(run)) = (self.word.take(), &mut self.run)
            && !word.text.is_empty()
        {
            run.words.push(word);
        }
    }

    fn end_run(&mut self) {
        self.end_word();
        let sizes = std::mem::take(&mut self.sizes);
        if let Some(mut run) = self.run.take() {
            if let Some((size, _, baseline)) = sizes.into_iter().max_by_key(|(_, letters, _)| *letters) {
                (run.size, run.baseline) = (size, baseline);
            }
            run.bold = run.bold_letters * 2 > run.letters;
            if !run.words.is_empty() {
                self.done.push(run);
            }
        }
        self.last = None;
    }

    fn finish(mut self) -> Vec<Line> {
        self.end_run();
        self.done
    }
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

fn bounds_of(glyph: &Glyph) -> Bounds {
    let (ux, uy) = glyph.direction;
    let end = (glyph.x + ux * glyph.advance, glyph.y + uy * glyph.advance);
    let corners = [(glyph.x, glyph.y), end].into_iter().flat_map(|(x, y)| {
        [-DESCENT, ASCENT].map(|height| (x - uy * height * glyph.size, y + ux * height * glyph.size))
    });
    let empty = Bounds {
        left: f32::INFINITY,
        bottom: f32::INFINITY,
        right: f32::NEG_INFINITY,
        top: f32::NEG_INFINITY,
    };
    corners.fold(empty, |bounds, (x, y)| {
        let point = Bounds { left: x as f32, bottom: y as f32, right: x as f32, top: y as f32 };
        union(bounds, point)
    })
}

pub(super) fn union(a: Bounds, b: Bounds) -> Bounds {
    Bounds {
        left: a.left.min(b.left),
        bottom: a.bottom.min(b.bottom),
        right: a.right.max(b.right),
        top: a.top.max(b.top),
    }
}
