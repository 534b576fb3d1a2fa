//! How wide a gap between two glyphs parts two words. In units of the font size.

use super::glyphs::Glyph;

/// On a page that shows its spaces as characters, other gaps are seldom spaces.
const USUAL: f64 = 0.14;
/// On a page that does not, gaps are all there is: this much more than between the letters beside.
const WIDER_THAN_BESIDE: f64 = 0.05;
/// Such a page has fewer spaces than one in so many glyphs.
const GLYPHS_PER_SPACE: usize = 25;
/// Wider gaps lie between columns or lines.
const WIDEST: f64 = 1.5;

/// The least gap in front of each glyph that parts it from the glyph before.
pub(super) struct WordGaps {
    /// Empty if it is the usual one everywhere.
    by_glyph: Vec<f64>,
}

impl WordGaps {
    pub fn of(glyphs: &[Glyph]) -> Self {
        let spaces = glyphs.iter().filter(|glyph| is_blank(glyph)).count();
        if spaces * GLYPHS_PER_SPACE >= glyphs.len() {
            return Self { by_glyph: Vec::new() };
        }
        let gaps: Vec<f64> = std::iter::once(WIDEST)
            .chain(glyphs.windows(2).map(|pair| gap_between(&pair[0], &pair[1])))
            .collect();
        let by_glyph =
            (0..gaps.len()).map(|index| tightest_beside(&gaps, index) + WIDER_THAN_BESIDE).collect();
        Self { by_glyph }
    }

    pub fn before(&self, glyph: usize) -> f64 {
        self.by_glyph.get(glyph).copied().unwrap_or(USUAL)
    }

    /// For pieces of a line that were not shown one after the other.
    pub fn between_pieces(&self) -> f64 {
        if self.by_glyph.is_empty() { USUAL } else { WIDER_THAN_BESIDE }
    }
}

pub(super) fn is_blank(glyph: &Glyph) -> bool {
    !glyph.text.is_empty() && glyph.text.trim().is_empty()
}

fn gap_between(glyph: &Glyph, next: &Glyph) -> f64 {
    let (x, y) = (next.x - glyph.x, next.y - glyph.y);
    let (ux, uy) = glyph.direction;
    let turned = ux * next.direction.0 + uy * next.direction.1 < 0.98;
    let same_line = (y * ux - x * uy).abs() < 0.1 * glyph.size && !turned;
    if same_line { (x * ux + y * uy - glyph.advance) / glyph.size } else { WIDEST }
}

/// The smaller of the gaps at both sides: spread letters have the same gap on at least one, and words of more than
/// one letter have a small one on one side of each space.
fn tightest_beside(gaps: &[f64], index: usize) -> f64 {
    let beside = [index.checked_sub(1).and_then(|before| gaps.get(before)), gaps.get(index + 1)];
    let tightest = beside.into_iter().flatten().copied().filter(|gap| *gap < WIDEST).fold(USUAL, f64::min);
    tightest.max(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Letters of half an em, each behind the gap given.
    fn line(gaps: &[f64]) -> Vec<Glyph> {
        let mut x = 0.0;
        gaps.iter()
            .map(|gap| {
                x += gap * 10.0;
                let glyph = Glyph {
                    text: "x".to_owned(),
                    x,
                    y: 0.0,
                    direction: (1.0, 0.0),
                    advance: 5.0,
                    size: 10.0,
                    bold: false,
                };
                x += 5.0;
                glyph
            })
            .collect()
    }

    fn parted(gaps: &[f64]) -> Vec<usize> {
        let word_gaps = WordGaps::of(&line(gaps));
        (1..gaps.len()).filter(|index| gaps[*index] > word_gaps.before(*index)).collect()
    }

    #[test]
    fn narrow_spaces_part_words_and_spread_letters_do_not() {
        assert_eq!(parted(&[0.0, 0.0, 0.0, 0.09, 0.0, 0.0, 0.0]), [3]);
        assert_eq!(parted(&[0.0, 0.0, 0.0, 0.3, 0.07, 0.07, 0.07, 0.07, 0.07, 0.3, 0.0, 0.0]), [3, 9]);
    }
}
