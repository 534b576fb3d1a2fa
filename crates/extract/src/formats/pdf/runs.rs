//! Runs: glyphs shown one after the other on one baseline without a wide gap.

use super::bidi::run_against;
use super::glyphs::Glyph;
use super::lines::{CELL_GAP, Gap, Line, LineWord, SAME_LINE, union};
use super::word_gaps::is_blank;
use crate::Bounds;

/// Steps back by less than this are kerning; all distances are in units of the font size.
const KERNING: f64 = 0.9;
/// The same letter so near to the last one is its shadow: that is how some programs print bold.
pub(super) const SHADOW: f64 = 0.06;
/// How far letters reach below and above the baseline.
pub(super) const DESCENT: f64 = 0.2;
const ASCENT: f64 = 0.8;

/// Builds runs out of glyphs.
#[derive(Default)]
pub(super) struct Runs<'a> {
    done: Vec<Line>,
    run: Option<Line>,
    word: Option<LineWord>,
    last: Option<&'a Glyph>,
    /// The font sizes in the run, with the number of letters and the first baseline of each.
    sizes: Vec<(f64, usize, f64)>,
}

impl<'a> Runs<'a> {
    /// `word_gap` in front of this glyph parts it from the word before, in units of the font size.
    pub fn add(&mut self, glyph: &'a Glyph, word_gap: f64) {
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
            } else if gap > word_gap * last.size.min(glyph.size) || run_against(&last.text, &glyph.text) {
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
            run.bold = run.mostly_bold();
            if !run.words.is_empty() {
                self.done.push(run);
            }
        }
        self.last = None;
    }

    pub fn finish(mut self) -> Vec<Line> {
        self.end_run();
        self.done
    }
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
