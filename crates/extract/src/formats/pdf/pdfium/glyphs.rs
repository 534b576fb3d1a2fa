//! The glyphs of a page as PDFium tells them, in the form that pdf-extract's take.

use pdfium_render::prelude::{PdfFontWeight, PdfPage, PdfPageTextChar};

use super::super::bidi::is_right_to_left;
use super::super::glyphs::{Glyph, MOST_GLYPHS, readable};
use super::super::page_tree::View;

/// The weight from which a font counts as bold.
const BOLD: u32 = 600;

pub(super) fn glyphs_of(page: &PdfPage, view: &View) -> Option<Vec<Glyph>> {
    let text = page.text().ok()?;
    let mut glyphs: Vec<Glyph> = Vec::new();
    for character in text.chars().iter().take(MOST_GLYPHS) {
        if character.is_generated().unwrap_or(false) {
            // A space that is not in the file stands behind the letter before it.
            if character.unicode_char() == Some(' ')
                && let Some(last) = glyphs.last()
            {
                glyphs.push(space_behind(last));
            }
        } else if let Some(glyph) = glyph_of(&character, view) {
            glyphs.push(glyph);
        }
    }
    order_as_shown(&mut glyphs);
    Some(glyphs)
}

fn space_behind(last: &Glyph) -> Glyph {
    let (ux, uy) = last.direction;
    Glyph {
        text: " ".to_owned(),
        x: last.x + ux * last.advance,
        y: last.y + uy * last.advance,
        advance: 0.0,
        ..last.clone()
    }
}

fn glyph_of(character: &PdfPageTextChar, view: &View) -> Option<Glyph> {
    let (x, y) = character.origin().ok()?;
    let matrix = character.matrix().ok()?;
    let bounds = character.loose_bounds().ok()?;
    let [a, b, c, d] = [matrix.a(), matrix.b(), matrix.c(), matrix.d()].map(f64::from);
    let along = a.hypot(b);
    let direction = if along > 1e-9 { (a / along, b / along) } else { (1.0, 0.0) };
    let (width, height) = (f64::from(bounds.width().value), f64::from(bounds.height().value));
    // The box lies along the axes of the page, the writing mostly does.
    let advance = if direction.0.abs() >= direction.1.abs() { width } else { height };
    let size = f64::from(character.unscaled_font_size().value) * c.hypot(d);
    let (x, y) = view.place(f64::from(x.value), f64::from(y.value));
    let finite = x.is_finite() && y.is_finite() && advance.is_finite() && size.is_finite();
    finite.then(|| Glyph {
        text: meaning(character),
        x,
        y,
        direction: view.turn(direction),
        advance,
        size: if size > 1e-6 { size } else { 1.0 },
        bold: character.font_weight().is_some_and(is_bold),
    })
}

fn is_bold(weight: PdfFontWeight) -> bool {
    match weight {
        PdfFontWeight::Weight600
        | PdfFontWeight::Weight700Bold
        | PdfFontWeight::Weight800
        | PdfFontWeight::Weight900 => true,
        PdfFontWeight::Custom(weight) => weight >= BOLD,
        _ => false,
    }
}

/// Empty where the file does not say it: PDFium has 0 or a code that is no character then.
fn meaning(character: &PdfPageTextChar) -> String {
    match character.unicode_char() {
        // At the end of a line PDFium marks it for those who put the word together.
        _ if character.is_hyphen().unwrap_or(false) => "-".to_owned(),
        Some(character) if character != '\0' => readable(character.encode_utf8(&mut [0; 4])),
        _ => String::new(),
    }
}

/// PDFium tells right-to-left writing as it is read; the lines are put together from what is shown, left to right.
fn order_as_shown(glyphs: &mut [Glyph]) {
    let mut start = 0;
    while start < glyphs.len() {
        if !is_right_to_left(&glyphs[start].text) {
            start += 1;
            continue;
        }
        let mut end = start + 1;
        for (index, glyph) in glyphs.iter().enumerate().skip(start + 1) {
            if is_right_to_left(&glyph.text) && glyph.x <= glyphs[end - 1].x {
                end = index + 1;
            } else if glyph.text.chars().any(char::is_alphanumeric) || glyph.x > glyphs[end - 1].x {
                break;
            }
        }
        glyphs[start..end].reverse();
        start = end;
    }
}
