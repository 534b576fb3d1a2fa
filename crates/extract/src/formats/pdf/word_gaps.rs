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

/// Letters are spread where there are so many of them side by side on a line, nearly all of the same gaps.
const FEWEST_SPREAD: usize = 4;
const SAME_GAP: f64 = 0.03;
/// Letters further apart stand by themselves.
const WIDEST_SPREAD: f64 = 0.75;
/// Between words of spread letters the gap is this much more.
const WIDER_THAN_SPREAD: f64 = 0.1;

/// The least gap in front of each glyph that parts it from the glyph before.
pub(super) struct WordGaps {
    by_glyph: Vec<f64>,
    between_pieces: f64,
}

impl WordGaps {
    pub fn of(glyphs: &[Glyph]) -> Self {
        let gaps: Vec<f64> = std::iter::once(WIDEST)
            .chain(glyphs.windows(2).map(|pair| gap_between(&pair[0], &pair[1])))
            .collect();
        let spaces = glyphs.iter().filter(|glyph| is_blank(glyph)).count();
        let (mut by_glyph, between_pieces) = if spaces * GLYPHS_PER_SPACE >= glyphs.len() {
            (vec![USUAL; gaps.len()], USUAL)
        } else {
            let beside = |index| tightest_beside(&gaps, index) + WIDER_THAN_BESIDE;
            ((0..gaps.len()).map(beside).collect(), WIDER_THAN_BESIDE)
        };
        let mut start = 0;
        for stretch in gaps.chunk_by(|_, next| *next < WIDEST) {
            let range = start..(start + stretch.len()).min(glyphs.len());
            start = range.end;
            if let Some(spread) = spread_of(&glyphs[range.clone()], stretch) {
                by_glyph[range].fill(spread + WIDER_THAN_SPREAD);
            }
        }
        Self { by_glyph, between_pieces }
    }

    pub fn before(&self, glyph: usize) -> f64 {
        self.by_glyph[glyph]
    }

    /// For pieces of a line that were not shown one after the other.
    pub fn between_pieces(&self) -> f64 {
        self.between_pieces
    }
}

/// The gap between the letters of a stretch of glyphs on one line that are spread out, as in headings.
fn spread_of(glyphs: &[Glyph], gaps: &[f64]) -> Option<f64> {
    let is_letter = |glyph: &Glyph| glyph.text.chars().all(char::is_alphabetic) && !glyph.text.is_empty();
    let pairs = glyphs.windows(2).zip(&gaps[1..]).filter(|(pair, _)| pair.iter().all(is_letter));
    let mut between: Vec<f64> = pairs.map(|(_, gap)| *gap).collect();
    if between.len() < FEWEST_SPREAD {
        return None;
    }
    // Those between words are wider.
    let quarter = between.len() / 4;
    let spread = *between.select_nth_unstable_by(quarter, f64::total_cmp).1;
    let same = between.iter().filter(|gap| (**gap - spread).abs() < SAME_GAP).count();
    ((USUAL..WIDEST_SPREAD).contains(&spread) && same * 2 >= between.len()).then_some(spread)
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
    fn spread_letters_are_one_word_on_a_page_with_spaces_too() {
        let spread = [&[0.0; 6][..], &[2.0], &[0.3; 5], &[0.6], &[0.3; 4]].concat();
        let mut glyphs = line(&spread);
        for index in [1, 4] {
            glyphs[index].text = " ".to_owned();
        }
        let word_gaps = WordGaps::of(&glyphs);
        let parted: Vec<usize> =
            (1..glyphs.len()).filter(|index| spread[*index] > word_gaps.before(*index)).collect();
        assert_eq!(parted, [6, 12]);
    }

    #[test]
    fn narrow_spaces_part_words_and_spread_letters_do_not() {
        assert_eq!(parted(&[0.0, 0.0, 0.0, 0.09, 0.0, 0.0, 0.0]), [3]);
        assert_eq!(parted(&[0.0, 0.0, 0.0, 0.3, 0.07, 0.07, 0.07, 0.07, 0.07, 0.3, 0.0, 0.0]), [3, 9]);
    }
}
