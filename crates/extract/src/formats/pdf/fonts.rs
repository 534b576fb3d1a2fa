//! Font dictionaries rewritten so that pdf-extract decodes what they say instead of giving up on them.

use pdf_extract::{Dictionary, Document, Object, Stream};

use super::composite_fonts::prepare_composite;
use super::filters::decoded;
use super::lookup::{get, get_dictionary, get_integer, get_name, get_number};
use super::simple_fonts::{prepare_simple, prepare_type_3};
use super::to_unicode::{self, UnicodeMap};

/// How much of a font is left to pdf-extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Embedded font programs are looked into where nothing else says what a glyph means.
    Full,
    /// Only what the dictionary itself says: the second try, when a font program made pdf-extract panic.
    DictionaryOnly,
}

/// `ForceBold` among the flags of a font descriptor.
const FORCE_BOLD: i64 = 1 << 18;

pub(super) fn is_bold(document: &Document, font: &Dictionary) -> bool {
    let name = get_name(document, font, b"BaseFont").unwrap_or_default().to_ascii_lowercase();
    let named = [b"bold".as_slice(), b"black", b"heavy", b"demi", b"cmbx"]
        .iter()
        .any(|word| name.windows(word.len()).any(|window| window == *word));
    named
        || name.ends_with(b"-medi")
        || get_dictionary(document, font, b"FontDescriptor").is_some_and(|descriptor| {
            get_number(document, descriptor, b"FontWeight").is_some_and(|weight| weight >= 600.0)
                || get_integer(document, descriptor, b"Flags").is_some_and(|flags| flags & FORCE_BOLD != 0)
        })
}

/// The font as pdf-extract is to see it.
pub(super) fn prepare(document: &mut Document, font: &Dictionary, effort: Effort) -> Dictionary {
    let mut prepared = font.clone();
    let subtype = get_name(document, font, b"Subtype").unwrap_or(b"Type1").to_vec();
    prepared.set("Subtype", Object::Name(subtype.clone()));
    let base_font = get_name(document, font, b"BaseFont").unwrap_or(b"Unknown").to_vec();
    prepared.set("BaseFont", Object::Name(base_font));

    prepared.remove(b"ToUnicode");

    let map = unicode_map(document, font);
    match subtype.as_slice() {
        b"Type0" => prepare_composite(document, &mut prepared, font, map, effort),
        b"Type3" => prepare_type_3(document, &mut prepared, font, map),
        _ => prepare_simple(document, &mut prepared, font, map, effort),
    }
    prepared
}

fn unicode_map(document: &Document, font: &Dictionary) -> UnicodeMap {
    match get(document, font, b"ToUnicode") {
        Some(Object::Stream(stream)) => to_unicode::parse(&decoded(document, stream)),
        _ => UnicodeMap::new(),
    }
}

/// None if the map is empty: no map and an empty one are not the same to pdf-extract.
pub(super) fn set_unicode_map(
    document: &mut Document,
    font: &mut Dictionary,
    map: &UnicodeMap,
    code_bytes: usize,
) {
    if map.is_empty() {
        return;
    }
    let stream = Stream::new(Dictionary::new(), to_unicode::write(map, code_bytes));
    let id = document.add_object(stream);
    font.set("ToUnicode", id);
}
