//! The glyphs of each page, collected while pdf-extract decodes them.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, PathOp, Transform};
use unicode_normalization::UnicodeNormalization;

use super::flatten::Marker;
use super::to_unicode::NOTHING;

/// One glyph in the coordinates of the page's view.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Glyph {
    /// Usually one character. Empty if the font does not say what the glyph means.
    pub text: String,
    /// Where its baseline starts.
    pub x: f64,
    pub y: f64,
    /// The direction of writing, of length 1.
    pub direction: (f64, f64),
    /// How far the next glyph is moved on, spacing left out.
    pub advance: f64,
    /// Font size as it shows.
    pub size: f64,
    pub bold: bool,
}

/// A page of glyphs that holds more is no page for reading.
pub(super) const MOST_GLYPHS: usize = 500_000;

/// Collects glyphs by page, as the markers in the content tell.
#[derive(Default)]
pub(super) struct GlyphCollector {
    pub pages: Vec<Vec<Glyph>>,
    bold: bool,
    replacement: Option<Replacement>,
}

/// What the glyphs from some place on stand for.
struct Replacement {
    first: usize,
    text: String,
}

impl GlyphCollector {
    fn heed(&mut self, marker: Marker, number: u32) {
        match marker {
            Marker::Page => {
                self.replacement = None;
                self.pages.push(Vec::new());
            }
            Marker::Bold | Marker::Regular => self.bold = marker == Marker::Bold,
            Marker::Replaced => {
                let first = self.pages.last().map_or(0, Vec::len);
                self.replacement = Some(Replacement { first, text: String::new() });
            }
            Marker::Character => {
                if let Some(replacement) = &mut self.replacement {
                    replacement.text.extend(char::from_u32(number));
                }
            }
            Marker::AsShown => {
                if let (Some(replacement), Some(glyphs)) = (self.replacement.take(), self.pages.last_mut()) {
                    replace(glyphs, &replacement);
                }
            }
        }
    }
}

/// Spreads the text over the line that the glyphs take. What goes over several lines stays as it is, unless it is
/// hidden.
fn replace(glyphs: &mut Vec<Glyph>, replacement: &Replacement) {
    let text: Vec<String> = readable(&replacement.text).chars().map(String::from).collect();
    let replaced = glyphs.get(replacement.first..).unwrap_or_default();
    let (Some(first), Some(last)) = (replaced.first().cloned(), replaced.last()) else { return };
    let (ux, uy) = first.direction;
    let (x, y) = (last.x - first.x, last.y - first.y);
    let length = x * ux + y * uy + last.advance;
    let on_one_line = (y * ux - x * uy).abs() < first.size / 2.0 && length >= 0.0;
    if !on_one_line && !text.is_empty() {
        return;
    }
    glyphs.truncate(replacement.first);
    glyphs.extend(spread(&text, &Glyph { advance: length, ..first }));
}

/// One glyph may stand for several words.
fn words_and_spaces(text: &str) -> Vec<String> {
    let is_space = |character: char| character == ' ';
    text.split_inclusive(is_space)
        .flat_map(|part| <[&str; 2]>::from(part.split_at(part.trim_end_matches(is_space).len())))
        .filter(|part: &&str| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Glyphs of the same width in the place of one.
fn spread<'a>(texts: &'a [String], whole: &'a Glyph) -> impl Iterator<Item = Glyph> + 'a {
    let (ux, uy) = whole.direction;
    let advance = whole.advance / texts.len() as f64;
    texts.iter().enumerate().map(move |(index, text)| Glyph {
        text: text.clone(),
        x: whole.x + ux * advance * index as f64,
        y: whole.y + uy * advance * index as f64,
        advance,
        ..whole.clone()
    })
}

impl OutputDev for GlyphCollector {
    fn output_character(
        &mut self,
        matrix: &Transform,
        width: f64,
        _spacing: f64,
        font_size: f64,
        text: &str,
    ) -> Result<(), OutputError> {
        let Some(glyphs) = self.pages.last_mut().filter(|_| text != NOTHING) else { return Ok(()) };
        let along = matrix.m11.hypot(matrix.m12);
        let across = matrix.m21.hypot(matrix.m22);
        let advance = (width * font_size * along).abs();
        let finite = matrix.m31.is_finite() && matrix.m32.is_finite() && advance.is_finite();
        if !finite || glyphs.len() >= MOST_GLYPHS {
            return Ok(());
        }
        let sign = font_size.signum() / along;
        let direction = if along > 1e-9 { (sign * matrix.m11, sign * matrix.m12) } else { (1.0, 0.0) };
        let size = (across * font_size).abs();
        let glyph = Glyph {
            text: readable(text),
            x: matrix.m31,
            y: matrix.m32,
            direction,
            advance,
            size: if size > 1e-6 { size } else { 1.0 },
            bold: self.bold,
        };
        match words_and_spaces(&glyph.text).as_slice() {
            [] | [_] => glyphs.push(glyph),
            several => glyphs.extend(spread(several, &glyph)),
        }
        Ok(())
    }

    fn fill(
        &mut self,
        _matrix: &Transform,
        _color_space: &ColorSpace,
        _color: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        if let [PathOp::Rect(x, y, ..)] = path.ops.as_slice()
            && let Some(marker) = Marker::at(*x)
        {
            self.heed(marker, *y as u32);
        }
        Ok(())
    }

    fn begin_page(
        &mut self,
        _: u32,
        _: &MediaBox,
        _: Option<(f64, f64, f64, f64)>,
    ) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_page(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn begin_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_word(&mut self) -> Result<(), OutputError> {
        Ok(())
    }

    fn end_line(&mut self) -> Result<(), OutputError> {
        Ok(())
    }
}

/// Ligatures and letters in fixed shapes become the letters that people search for; control characters go.
pub(super) fn readable(text: &str) -> String {
    if text.bytes().all(|byte| (b' '..127).contains(&byte)) {
        return text.to_owned();
    }
    let mut readable = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '\u{a0}' | '\t' | '\n' | '\r' | '\u{2000}'..='\u{200a}' | '\u{3000}' => readable.push(' '),
            '\u{200b}'..='\u{200f}' | '\u{feff}' => {}
            // The bullet of Symbol fonts.
            '\u{f0b7}' => readable.push('\u{2022}'),
            '\u{2e80}'..='\u{2fdf}' | '\u{fb00}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}' => {
                // Marks by themselves come with a space to stand on.
                readable.extend(std::iter::once(character).nfkc().filter(|letter| *letter != ' '));
            }
            character if character.is_control() => {}
            character => readable.push(character),
        }
    }
    readable
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_in_fixed_shapes_are_spelt_out() {
        assert_eq!(readable("e\u{fb03}cient\u{a0}\u{0}"), "efficient ");
        assert_eq!(readable("\u{fefb}"), "\u{644}\u{627}");
        assert_eq!(readable("\u{fc60}"), "\u{64e}\u{651}");
    }
}
