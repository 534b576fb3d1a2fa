//! Fonts whose codes are single bytes.

use std::collections::BTreeMap;

use pdf_extract::{Dictionary, Document, Object};

use super::encodings::zapf_dingbats;
use super::fonts::{Effort, set_unicode_map};
use super::glyph_names::{self, Named};
use super::lookup::{
    get, get_array, get_dictionary, get_integer, get_name, get_number, get_numbers, number, resolve,
};
use super::program_names::{GlyphNames, names_in_program, standard_names};
use super::to_unicode::UnicodeMap;

const KNOWN_ENCODINGS: [&[u8]; 3] = [b"WinAnsiEncoding", b"MacRomanEncoding", b"MacExpertEncoding"];

/// Where a descriptor keeps the font program.
const PROGRAMS: [&[u8]; 3] = [b"FontFile", b"FontFile2", b"FontFile3"];

pub(super) fn prepare_simple(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    mut map: UnicodeMap,
    effort: Effort,
) {
    let base_font = get_name(document, font, b"BaseFont").unwrap_or_default().to_vec();
    let dingbats = base_font.ends_with(b"ZapfDingbats");
    if dingbats {
        add_missing(&mut map, zapf_dingbats());
    }
    let mut encoding = Encoding::of(document, font);
    let symbols = base_font.ends_with(b"Symbol");
    let mut descriptor = get_dictionary(document, font, b"FontDescriptor").cloned();
    let has_program =
        descriptor.as_ref().is_some_and(|descriptor| PROGRAMS.iter().any(|key| descriptor.has(key)));
    // A named encoding or a map says more than the program, which takes long to look into.
    if encoding.base.is_none() && map.is_empty() {
        match &descriptor {
            Some(descriptor) if has_program && effort == Effort::Full => {
                add_missing(&mut encoding.names, names_in_program(document, descriptor));
            }
            _ if has_program || symbols => {}
            _ => add_missing(&mut encoding.names, standard_names()),
        }
    }
    if let Some(descriptor) = &mut descriptor {
        if let Some(width) = get_number(document, descriptor, b"MissingWidth") {
            prepared.set("MissingWidth", Object::from(width));
        }
        descriptor.remove(b"CharSet");
        for program in PROGRAMS {
            descriptor.remove(program);
        }
    }
    prepared.remove(b"FontDescriptor");
    if let Some(descriptor) = descriptor {
        prepared.set("FontDescriptor", descriptor);
    }

    prepared.remove(b"Encoding");
    match encoding.written(&mut map) {
        Some(written) => prepared.set("Encoding", written),
        None if symbols && map.is_empty() => {}
        None => prepared.set("Encoding", Object::Name(b"WinAnsiEncoding".to_vec())),
    }
    set_unicode_map(document, prepared, &map, 1);

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

/// What is there already knows better.
fn add_missing<K: Ord, V>(map: &mut BTreeMap<K, V>, more: BTreeMap<K, V>) {
    for (key, value) in more {
        map.entry(key).or_insert(value);
    }
}

/// Glyphs drawn by content streams, measured in a space of their own.
pub(super) fn prepare_type_3(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    mut map: UnicodeMap,
) {
    let matrix: [f64; 6] =
        get_numbers(document, font, b"FontMatrix").unwrap_or([0.001, 0.0, 0.0, 0.001, 0.0, 0.0]);
    let first = get_integer(document, font, b"FirstChar").unwrap_or(0).clamp(0, 255);
    let widths = get_array(document, font, b"Widths").unwrap_or_default();
    let mut all = vec![Object::Integer(0); first as usize];
    all.extend(plain_numbers(document, widths, matrix[0].abs() * 1000.0));
    all.resize(256, Object::Integer(0));
    set_widths(prepared, 0, all);
    let encoding = Encoding::of(document, font).written(&mut map);
    prepared.set("Encoding", encoding.unwrap_or_else(|| Object::Dictionary(Dictionary::new())));
    set_unicode_map(document, prepared, &map, 1);
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

/// What a font says of its codes.
#[derive(Default)]
struct Encoding {
    /// One that pdf-extract knows.
    base: Option<Vec<u8>>,
    /// Of single codes; goes before the base.
    names: GlyphNames,
}

impl Encoding {
    fn of(document: &Document, font: &Dictionary) -> Self {
        match get(document, font, b"Encoding") {
            Some(Object::Name(name)) => Self::named(name),
            Some(Object::Dictionary(encoding)) => {
                let mut own =
                    get_name(document, encoding, b"BaseEncoding").map(Self::named).unwrap_or_default();
                let differences = get_array(document, encoding, b"Differences").unwrap_or_default();
                own.names.extend(names_in(document, differences));
                own
            }
            _ => Self::default(),
        }
    }

    fn named(name: &[u8]) -> Self {
        match name {
            name if KNOWN_ENCODINGS.contains(&name) => {
                Self { base: Some(name.to_vec()), names: GlyphNames::new() }
            }
            b"StandardEncoding" => Self { base: None, names: standard_names() },
            b"PDFDocEncoding" => Self { base: Some(b"WinAnsiEncoding".to_vec()), names: GlyphNames::new() },
            _ => Self::default(),
        }
    }

    /// As pdf-extract takes it; glyphs that its list lacks go into the map. None if nothing is said.
    fn written(self, map: &mut UnicodeMap) -> Option<Object> {
        if self.names.is_empty() {
            return self.base.map(Object::Name);
        }
        let mut differences = Vec::new();
        for (code, name) in self.names {
            match glyph_names::read(&name) {
                Named::Listed(name) => differences.extend([Object::Integer(code.into()), Object::Name(name)]),
                Named::Letters(letters) => {
                    map.entry(code.into()).or_insert_with(|| letters.encode_utf16().collect());
                }
            }
        }
        let mut written = Dictionary::new();
        if let Some(base) = self.base {
            written.set("BaseEncoding", Object::Name(base));
        }
        written.set("Differences", differences);
        Some(Object::Dictionary(written))
    }
}

/// Codes and names, as far as the codes fit into a byte.
fn names_in(document: &Document, differences: &[Object]) -> GlyphNames {
    let mut code = Some(0_u8);
    let mut names = GlyphNames::new();
    for item in differences.iter().filter_map(|item| resolve(document, item)) {
        match (item, code) {
            (Object::Integer(next), _) => code = u8::try_from(*next).ok(),
            (Object::Name(name), Some(at)) => {
                names.insert(at, name.clone());
                code = at.checked_add(1);
            }
            _ => code = None,
        }
    }
    names
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
