//! Font dictionaries rewritten so that pdf-extract decodes what they say instead of giving up on them.

use pdf_extract::{Dictionary, Document, Object, Stream};

use super::filters::decoded;
use super::lookup::{
    as_dictionary, get, get_array, get_dictionary, get_integer, get_name, get_number, get_numbers, number,
    resolve,
};
use super::to_unicode::{self, UnicodeMap};

/// How much of a font is left to pdf-extract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Effort {
    /// Embedded font programs are looked into where nothing else says what a glyph means.
    Full,
    /// Only what the dictionary itself says: the second try, when a font program made pdf-extract panic.
    DictionaryOnly,
}

const KNOWN_ENCODINGS: [&[u8]; 3] = [b"WinAnsiEncoding", b"MacRomanEncoding", b"MacExpertEncoding"];

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

    let map = unicode_map(document, font);
    prepared.remove(b"ToUnicode");
    let code_bytes = if subtype == b"Type0" { 2 } else { 1 };
    if !map.is_empty() {
        set_unicode_map(document, &mut prepared, &map, code_bytes);
    }
    match subtype.as_slice() {
        b"Type0" => prepare_composite(document, &mut prepared, font, !map.is_empty(), effort),
        b"Type3" => prepare_type_3(document, &mut prepared, font),
        _ => prepare_simple(document, &mut prepared, font, !map.is_empty(), effort),
    }
    prepared
}

fn unicode_map(document: &Document, font: &Dictionary) -> UnicodeMap {
    match get(document, font, b"ToUnicode") {
        Some(Object::Stream(stream)) => to_unicode::parse(&decoded(document, stream)),
        _ => UnicodeMap::new(),
    }
}

fn set_unicode_map(document: &mut Document, font: &mut Dictionary, map: &UnicodeMap, code_bytes: usize) {
    let stream = Stream::new(Dictionary::new(), to_unicode::write(map, code_bytes));
    let id = document.add_object(stream);
    font.set("ToUnicode", id);
}

fn prepare_composite(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    has_map: bool,
    effort: Effort,
) {
    let descendants = get(document, font, b"DescendantFonts");
    let descendant = match descendants {
        Some(Object::Array(fonts)) => fonts.first().and_then(|font| resolve(document, font)),
        other => other,
    };
    let mut descendant = descendant.and_then(as_dictionary).cloned().unwrap_or_default();
    descendant.set("FontDescriptor", Dictionary::new());
    let widths = get_array(document, &descendant, b"W").map(|widths| listed_widths(document, widths));
    descendant.remove(b"W");
    if let Some(widths) = widths {
        descendant.set("W", widths);
    }
    let default_width = get_integer(document, &descendant, b"DW").unwrap_or(1000);
    descendant.set("DW", default_width);
    prepared.set("DescendantFonts", vec![Object::Dictionary(descendant)]);

    let custom = matches!(get(document, font, b"Encoding"), Some(Object::Stream(_)));
    if !custom || has_map || effort == Effort::DictionaryOnly {
        prepared.set("Encoding", Object::Name(b"Identity-H".to_vec()));
    }
}

/// `W` with each range of equal widths spelt out.
fn listed_widths(document: &Document, widths: &[Object]) -> Vec<Object> {
    let mut listed = Vec::new();
    let items: Vec<&Object> = widths.iter().filter_map(|item| resolve(document, item)).collect();
    let mut rest = items.as_slice();
    loop {
        rest = match rest {
            [Object::Integer(first), Object::Array(each), tail @ ..] => {
                let each =
                    each.iter().filter_map(|width| number(resolve(document, width)?).map(Object::from));
                listed.push(Object::Integer(*first));
                listed.push(Object::Array(each.collect()));
                tail
            }
            [Object::Integer(first), Object::Integer(last), width, tail @ ..] if number(width).is_some() => {
                let count = (last - first + 1).clamp(0, 0x1_0000) as usize;
                listed.push(Object::Integer(*first));
                listed.push(Object::Array(vec![(*width).clone(); count]));
                tail
            }
            [_, tail @ ..] => tail,
            [] => return listed,
        };
    }
}

fn prepare_simple(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    has_map: bool,
    effort: Effort,
) {
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
fn prepare_type_3(document: &mut Document, prepared: &mut Dictionary, font: &Dictionary) {
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
