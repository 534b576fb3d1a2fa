//! What was typed into form fields and text notes whose looks the file leaves to the program that shows it.

use pdf_extract::{Dictionary, Document, Object};

use super::annotations::is_visible;
use super::glyphs::{Glyph, readable};
use super::lookup::{as_dictionary, get, get_array, get_dictionary, get_name, get_numbers, resolve, text};
use super::page_tree::PageEntry;

/// A field's parents, of which it inherits what it does not say itself.
const MOST_PARENTS: usize = 16;
/// The flag of a field for choices that shows as a drop-down list.
const DROP_DOWN: i64 = 1 << 17;
/// Where the file does not say it, in points.
const USUAL_SIZE: f64 = 12.0;
/// Width of a letter and distance of lines, in units of the font size.
const LETTER: f64 = 0.5;
const LEADING: f64 = 1.2;
/// Between a field's edge and its text, in points.
const MARGIN: f64 = 2.0;

/// The typed letters of a page, about where they would show.
pub(super) fn typed_on(document: &Document, page: &PageEntry) -> Vec<Glyph> {
    let annotations = get_array(document, &page.dictionary, b"Annots").unwrap_or_default();
    let fields = annotations.iter().filter_map(|item| resolve(document, item).and_then(as_dictionary));
    let view = page.view(document);
    let mut glyphs = Vec::new();
    for field in fields.filter(|field| is_visible(document, field) && !has_looks(document, field)) {
        let Some(text) = typed_into(document, field) else { continue };
        let Some([a, b, c, d]) = get_numbers(document, field, b"Rect") else { continue };
        let (left, bottom, top) = (a.min(c), b.min(d), b.max(d));
        let size = size_of(document, field).unwrap_or_else(|| USUAL_SIZE.min((top - bottom).max(1.0)));
        let lines: Vec<&str> = text.split(['\r', '\n']).filter(|line| !line.trim().is_empty()).collect();
        let height = size * LEADING * lines.len() as f64;
        let first = (top + bottom + height) / 2.0 - size;
        for (row, line) in lines.iter().enumerate() {
            for (column, letter) in line.chars().enumerate() {
                let x = left + MARGIN + column as f64 * size * LETTER;
                let (x, y) = view.place(x, first - row as f64 * size * LEADING);
                glyphs.push(Glyph {
                    text: readable(letter.encode_utf8(&mut [0; 4])),
                    x,
                    y,
                    direction: view.turn((1.0, 0.0)),
                    advance: size * LETTER,
                    size,
                    bold: false,
                });
            }
        }
    }
    glyphs
}

fn has_looks(document: &Document, field: &Dictionary) -> bool {
    get_dictionary(document, field, b"AP").is_some_and(|looks| get(document, looks, b"N").is_some())
}

/// Of fields for text and for choices, and of notes that show on the page.
fn typed_into(document: &Document, field: &Dictionary) -> Option<String> {
    match get_name(document, field, b"Subtype")? {
        b"FreeText" => return text(get(document, field, b"Contents")?),
        b"Widget" => {}
        _ => return None,
    }
    let value = match inherited(document, field, b"FT")?.as_name().ok()? {
        b"Ch" if !is_drop_down(document, field) => inherited(document, field, b"Opt")?,
        b"Tx" | b"Ch" => inherited(document, field, b"V")?,
        _ => return None,
    };
    match value {
        Object::Array(choices) => {
            let shown = choices.iter().filter_map(|choice| match resolve(document, choice)? {
                // Of an option's two names the second shows.
                Object::Array(names) => text(resolve(document, names.last()?)?),
                name => text(name),
            });
            Some(shown.collect::<Vec<_>>().join("\n"))
        }
        value => text(value),
    }
}

/// A list of choices shows all of them, a drop-down list the one that was made.
fn is_drop_down(document: &Document, field: &Dictionary) -> bool {
    inherited(document, field, b"Ff")
        .and_then(|flags| flags.as_i64().ok())
        .is_some_and(|flags| flags & DROP_DOWN != 0)
}

/// The number in front of `Tf` in the field's default appearance; 0 leaves it to the program.
fn size_of(document: &Document, field: &Dictionary) -> Option<f64> {
    let appearance = inherited(document, field, b"DA")?.as_str().ok()?;
    let words: Vec<&str> = std::str::from_utf8(appearance).ok()?.split_whitespace().collect();
    let operator = words.iter().position(|word| *word == "Tf")?;
    words.get(operator.checked_sub(1)?)?.parse().ok().filter(|size| *size > 0.0)
}

fn inherited<'a>(document: &'a Document, field: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut at = field;
    for _ in 0..MOST_PARENTS {
        if let Some(value) = get(document, at, key) {
            return Some(value);
        }
        at = get_dictionary(document, at, b"Parent")?;
    }
    None
}
