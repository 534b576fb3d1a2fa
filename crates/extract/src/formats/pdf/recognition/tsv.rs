//! Tesseract's table of words: a line each, with the block, paragraph and line that it stands in, its box in pixels
//! from the upper left corner, and how sure Tesseract is of it, from 0 to 100.

use super::super::lines::{Gap, LineWord};
use crate::Bounds;

/// The level of lines that hold words; those above hold boxes of lines, paragraphs and blocks.
const WORD: &str = "5";
/// What Tesseract is less sure of than this is mostly no writing, but part of a picture.
const LEAST_CONFIDENCE: f32 = 30.0;

/// The words of a page by paragraph and line.
#[derive(Debug, Default)]
pub(super) struct Paragraphs {
    pub lines: Vec<Vec<Vec<LineWord>>>,
    /// The mean of the words' confidence, from 0 to 1.
    pub confidence: f32,
}

/// `scale` is in points to a pixel, `height` the page's in points.
pub(super) fn paragraphs_of(table: &str, scale: f64, height: f64) -> Paragraphs {
    let mut found = Paragraphs::default();
    let (mut paragraph, mut line) = (None, None);
    let (mut words, mut confidence) = (0.0, 0.0);
    for row in table.lines() {
        let cells: Vec<&str> = row.split('\t').collect();
        let [WORD, page, block, par, number, _, left, top, width, tall, sureness, text] = cells[..] else {
            continue;
        };
        let numbers = [left, top, width, tall].map(str::parse::<f64>);
        let ([Ok(left), Ok(top), Ok(width), Ok(tall)], Ok(sureness)) = (numbers, sureness.parse::<f32>())
        else {
            continue;
        };
        if text.trim().is_empty() || sureness < LEAST_CONFIDENCE {
            continue;
        }
        if paragraph.replace([page, block, par]) != Some([page, block, par]) {
            found.lines.push(Vec::new());
            line = None;
        }
        let Some(lines) = found.lines.last_mut() else { continue };
        if line.replace(number) != Some(number) {
            lines.push(Vec::new());
        }
        let Some(on_line) = lines.last_mut() else { continue };
        let bounds = Bounds {
            left: (left * scale) as f32,
            bottom: (height - (top + tall) * scale) as f32,
            right: ((left + width) * scale) as f32,
            top: (height - top * scale) as f32,
        };
        on_line.push(LineWord { text: text.trim().to_owned(), bounds, before: Gap::Space });
        words += 1.0;
        confidence += sureness;
    }
    found.confidence = if words > 0.0 { confidence / words / 100.0 } else { 0.0 };
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pdf::layout::text_of;

    /// What Tesseract 5.3 says of `tests/scans/harbour.pdf`, drawn with 300 dots an inch.
    const TABLE: &str = include_str!("../../../../tests/scans/harbour.tsv");
    const SCALE: f64 = 72.0 / 300.0;

    #[test]
    fn words_come_by_paragraph_and_line_with_their_places() {
        let found = paragraphs_of(TABLE, SCALE, 842.0);
        let lines: Vec<usize> = found.lines.iter().map(Vec::len).collect();
        assert_eq!(lines, [1, 3, 2]);
        assert!((0.9..1.0).contains(&found.confidence), "{}", found.confidence);
        let page = text_of(&found.lines);
        assert!(page.text.contains("half past two, and the lighthouse keeper reported fog"), "{}", page.text);
        let title = found.lines[0][0][0].bounds;
        assert!((title.left - 66.96).abs() < 0.01 && (title.top - 766.4).abs() < 0.01, "{title:?}");
        assert!((title.right - 106.56).abs() < 0.01 && (title.bottom - 750.32).abs() < 0.01, "{title:?}");
    }

    #[test]
    fn what_it_is_not_sure_of_and_what_is_no_table_is_left_out() {
        let row =
            |sureness: &str, text: &str| format!("5\t1\t1\t1\t1\t1\t10\t20\t30\t40\t{sureness}\t{text}\n");
        let table = row("95.5", "quay") + &row("12", "|~") + &row("95", " ") + "5\tno\trow\n";
        let found = paragraphs_of(&table, SCALE, 842.0);
        assert_eq!(found.lines.iter().flatten().flatten().count(), 1);
        assert!(paragraphs_of("", SCALE, 842.0).lines.is_empty());
    }
}
