//! Fonts whose codes are single bytes.

use pdf_extract::{Dictionary, Document, Object};

use super::fonts::{Effort, set_unicode_map};
use super::lookup::{
    get, get_array, get_dictionary, get_integer, get_name, get_number, get_numbers, number, resolve,
};
use super::to_unicode::UnicodeMap;

const KNOWN_ENCODINGS: [&[u8]; 3] = [b"WinAnsiEncoding", b"MacRomanEncoding", b"MacExpertEncoding"];

pub(super) fn prepare_simple(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    map: &UnicodeMap,
    effort: Effort,
) {
    set_unicode_map(document, prepared, map, 1);
    let has_map = !map.is_empty();
    let encoding = simple_encoding(document, font);
    let mut descriptor = get_dictionary(document, font, b"FontDescriptor").cloned();
    let has_entry = |key| descriptor.as_ref().is_some_and(|descriptor| descriptor.has(key));
    let is_compact = has_entry(b"FontFile3");
    let has_program = is_compact || has_entry(b"FontFile");
    // An encoding or a map says more than the program, which takes long to look into.
    let use_program = has_program && encoding.is_none() && !has_map && effort == Effort::Full;
    if let Some(descriptor) = &mut descriptor {
        if let Some(width) = get_number(document, descriptor, b"MissingWidth") {
            prepared.set("MissingWidth", Object::from(width));
        }
        descriptor.remove(b"CharSet");
        if !use_program {
            for program in [b"FontFile".as_slice(), b"FontFile2", b"FontFile3"] {
                descriptor.remove(program);
            }
        }
    }
    prepared.remove(b"FontDescriptor");
    if let Some(descriptor) = descriptor {
        prepared.set("FontDescriptor", descriptor);
    }

    let base_font = get_name(document, font, b"BaseFont").unwrap_or_default().to_vec();
    let own_encoding = base_font.ends_with(b"Symbol") || base_font.ends_with(b"ZapfDingbats");
    prepared.remove(b"Encoding");
    match encoding {
        Some(encoding) => prepared.set("Encoding", encoding),
        // A compact program needs some encoding behind it for the codes it lacks; the older kind brings its own.
        None if use_program && is_compact => prepared.set("Encoding", Dictionary::new()),
        None if use_program => {}
        None if has_map || !own_encoding => {
            prepared.set("Encoding", Object::Name(b"WinAnsiEncoding".to_vec()));
        }
        None => {}
    }

    let first = get_integer(document, font, b"FirstChar").unwrap_or(0).clamp(0, 255);
    match get_array(document, font, b"Widths").map(|widths| plain_numbers(document, widths, 1.0)) {
        Some(widths) if !widths.is_empty() => set_widths(prepared, first, widths),
        _ => {
            let standard = standard_font(&base_font);
            if standard == b"ZapfDingbats" {
                // pdf-extract panics over its glyph names where an encoding is given.
                prepared.remove(b"Encoding");
            }
            prepared.remove(b"Widths");
            prepared.set("BaseFont", Object::Name(standard.to_vec()));
        }
    }
}

/// Glyphs drawn by content streams, measured in a space of their own.
pub(super) fn prepare_type_3(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    map: &UnicodeMap,
) {
    set_unicode_map(document, prepared, map, 1);
    let matrix: [f64; 6] =
        get_numbers(document, font, b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let first = get_integer(document, font, b"FirstChar").unwrap_or(0).clamp(0, 255);
    let widths = get_array(document, font, b"Widths").unwrap_or_default();
    let mut all = vec![Object::Integer(0); first as usize];
    all.extend(plain_numbers(document, widths, matrix[0].abs() * 1000.0));
    all.resize(256, Object::Integer(0));
    set_widths(prepared, 0, all);
    let encoding = simple_encoding(document, font).unwrap_or_else(|| Object::Dictionary(Dictionary::new()));
    prepared.set("Encoding", encoding);
}

fn set_widths(font: &mut Dictionary, first: i64, widths: Vec<Object>) {
    font.set("FirstChar", first);
    font.set("LastChar", first + widths.len() as i64 - 1);
    font.set("Widths", widths);
}

/// What is no number counts as 0, so that the others keep their places.
fn plain_numbers(document: &Document, numbers: &[Object], scale: f64) -> Vec<Object> {
    numbers
        .iter()
        .map(|item| Object::from(resolve(document, item).and_then(number).unwrap_or(0.0) * scale))
        .collect()
}

/// The font's encoding with everything left out that pdf-extract does not know; none if nothing is left.
fn simple_encoding(document: &Document, font: &Dictionary) -> Option<Object> {
    let known = |name: &[u8]| match name {
        name if KNOWN_ENCODINGS.contains(&name) => Some(Object::Name(name.to_vec())),
        b"StandardEncoding" | b"PDFDocEncoding" => Some(Object::Name(b"WinAnsiEncoding".to_vec())),
        _ => None,
    };
    let encoding = match get(document, font, b"Encoding")? {
        Object::Name(name) => return known(name),
        Object::Dictionary(encoding) => encoding,
        _ => return None,
    };
    let mut plain = Dictionary::new();
    if let Some(base) = get_name(document, encoding, b"BaseEncoding").and_then(known) {
        plain.set("BaseEncoding", base);
    }
    let differences = get_array(document, encoding, b"Differences").unwrap_or_default();
    plain.set("Differences", valid_differences(document, differences));
    (!differences.is_empty() || plain.has(b"BaseEncoding")).then_some(Object::Dictionary(plain))
}

/// Codes and names, as far as the codes fit into a byte.
fn valid_differences(document: &Document, differences: &[Object]) -> Vec<Object> {
    let mut code = 0;
    let mut valid = Vec::new();
    for item in differences.iter().filter_map(|item| resolve(document, item)) {
        match item {
            Object::Integer(next) if (0..256).contains(next) => {
                code = *next;
                valid.push(item.clone());
            }
            Object::Name(_) if code < 256 => {
                code += 1;
                valid.push(item.clone());
            }
            _ => code = 256,
        }
    }
    valid
}

/// The standard font whose widths come nearest, for a font that comes without.
fn standard_font(name: &[u8]) -> &'static [u8] {
    let name = String::from_utf8_lossy(name).to_lowercase();
    let bold = name.contains("bold");
    match () {
        () if name.ends_with("symbol") => b"Symbol",
        () if name.ends_with("zapfdingbats") => b"ZapfDingbats",
        () if name.contains("courier") => b"Courier",
        () if name.contains("times") && bold => b"Times-Bold",
        () if name.contains("times") => b"Times-Roman",
        () if bold => b"Helvetica-Bold",
        () => b"Helvetica",
    }
}
