//! Where a quote stands on its page.

use std::ops::Range;

use extract::{Bounds, Layout};

use crate::api::PageBox;

/// Words further apart than this many times their height stand in different columns.
const WIDEST_GAP: f32 = 2.5;

/// A box for each line of the words in `mark`, which is in bytes of the page's text.
pub(super) fn of(layout: &Layout, mark: &Range<usize>) -> Vec<PageBox> {
    let words = layout.words.iter();
    let marked = words.filter(|word| word.range.start < mark.end && mark.start < word.range.end);
    let mut boxes: Vec<PageBox> = Vec::new();
    for Bounds { left, bottom, right, top } in marked.map(|word| word.bounds) {
        let word = PageBox { left, bottom, right, top };
        match boxes.last_mut() {
            Some(line) if goes_on(line, &word) => {
                line.left = line.left.min(left);
                line.bottom = line.bottom.min(bottom);
                line.right = line.right.max(right);
                line.top = line.top.max(top);
            }
            _ => boxes.push(word),
        }
    }
    boxes
}

/// Whether a word stands on the same line as what is before it, beside it.
fn goes_on(line: &PageBox, word: &PageBox) -> bool {
    let overlap = line.top.min(word.top) - line.bottom.max(word.bottom);
    let height = (line.top - line.bottom).min(word.top - word.bottom);
    let gap = (word.left - line.right).max(line.left - word.right);
    overlap > height / 2.0 && gap < WIDEST_GAP * height
}

#[cfg(test)]
mod tests {
    use extract::Word;

    use super::*;

    fn word(range: Range<usize>, left: f32, bottom: f32) -> Word {
        Word { range, bounds: Bounds { left, bottom, right: left + 20.0, top: bottom + 10.0 } }
    }

    #[test]
    fn a_quote_over_two_lines_has_a_box_on_each_and_nothing_beside_it() {
        let words = vec![
            word(0..4, 10.0, 100.0),
            word(5..9, 35.0, 100.0),
            word(10..14, 60.0, 100.0),
            word(15..19, 10.0, 85.0),
            word(20..24, 35.0, 85.0),
        ];
        let layout = Layout { size: None, blocks: Vec::new(), words };
        let boxes = of(&layout, &(5..19));
        let edges: Vec<_> = boxes.iter().map(|line| (line.left, line.right, line.bottom)).collect();
        assert_eq!(edges, [(35.0, 80.0, 100.0), (10.0, 30.0, 85.0)]);
    }

    #[test]
    fn the_cells_of_a_table_have_boxes_of_their_own() {
        let layout = Layout {
            size: None,
            blocks: Vec::new(),
            words: vec![word(0..4, 10.0, 100.0), word(5..9, 200.0, 100.0)],
        };
        assert_eq!(of(&layout, &(0..9)).len(), 2);
    }
}
