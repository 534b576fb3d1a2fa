//! The glyphs of each page, collected while pdf-extract decodes them.

use pdf_extract::{ColorSpace, MediaBox, OutputDev, OutputError, Path, PathOp, Transform};
use unicode_normalization::UnicodeNormalization;

use super::flatten::Marker;

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
        let Some(glyphs) = self.pages.last_mut() else { return Ok(()) };
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
        glyphs.push(Glyph {
            text: readable(text),
            x: matrix.m31,
            y: matrix.m32,
            direction,
            advance,
            size: if size > 1e-6 { size } else { 1.0 },
            bold: self.bold,
        });
        Ok(())
    }

    fn fill(
        &mut self,
        _matrix: &Transform,
        _color_space: &ColorSpace,
        _color: &[f64],
        path: &Path,
    ) -> Result<(), OutputError> {
        if let [PathOp::Rect(x, ..)] = path.ops.as_slice() {
            match Marker::at(*x) {
                Some(Marker::Page) => self.pages.push(Vec::new()),
                Some(marker) => self.bold = marker == Marker::Bold,
                None => {}
            }
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
                readable.extend(std::iter::once(character).nfkc());
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
    }
}
