//! Fonts whose codes are of several bytes and lead to glyphs by way of a CMap: those of Chinese, Japanese and
//! Korean, and most of those that are embedded today.

use std::collections::{BTreeMap, HashMap};

use hayro_cmap::{BfString, CMap, CMapName, CidFamily, load_embedded};
use pdf_extract::{Dictionary, Document, Object, Stream};

use super::filters::decoded;
use super::fonts::{Effort, set_unicode_map};
use super::lookup::{as_dictionary, get, get_array, get_dictionary, get_number, number, resolve};
use super::to_unicode::UnicodeMap;

const DEFAULT_WIDTH: f64 = 1000.0;

/// pdf-extract takes a code for the glyph's number, so it is given widths and characters by code.
pub(super) fn prepare_composite(
    document: &mut Document,
    prepared: &mut Dictionary,
    font: &Dictionary,
    mut map: UnicodeMap,
    effort: Effort,
) {
    let descendant = descendant_of(document, font);
    let family = family_of(document, &descendant);
    let default_width = get_number(document, &descendant, b"DW").unwrap_or(DEFAULT_WIDTH);
    let mut widths = widths_by_glyph(document, &descendant);
    let mut encoding = Object::Name(b"Identity-H".to_vec());

    let cmap = if effort == Effort::Full { cmap_of(document, font, &map, &family) } else { None };
    if let Some(cmap) = cmap {
        let codes = Codes::of(&cmap);
        add_characters(&mut map, &codes, &family);
        widths = codes.glyphs.iter().filter_map(|(code, glyph)| Some((*code, *widths.get(glyph)?))).collect();
        if !matches!(cmap.metadata().name.as_deref(), Some(b"Identity-H" | b"Identity-V")) {
            encoding = document.add_object(Stream::new(Dictionary::new(), codes.code_space())).into();
        }
    }

    set_unicode_map(document, prepared, &map, 2);
    prepared.set("Encoding", encoding);
    let mut plain = Dictionary::new();
    plain.set("FontDescriptor", Dictionary::new());
    plain.set("DW", default_width as i64);
    plain.set("W", listed(&widths));
    prepared.set("DescendantFonts", vec![Object::Dictionary(plain)]);
}

fn descendant_of(document: &Document, font: &Dictionary) -> Dictionary {
    let descendant = match get(document, font, b"DescendantFonts") {
        Some(Object::Array(fonts)) => fonts.first().and_then(|font| resolve(document, font)),
        other => other,
    };
    descendant.and_then(as_dictionary).cloned().unwrap_or_default()
}

fn family_of(document: &Document, descendant: &Dictionary) -> CidFamily {
    let info = get_dictionary(document, descendant, b"CIDSystemInfo");
    let text = |key| info.and_then(|info| get(document, info, key)?.as_str().ok()).unwrap_or_default();
    CidFamily::from_registry_ordering(text(b"Registry"), text(b"Ordering"))
}

/// The font's encoding, unless codes are glyph numbers and the characters are known.
fn cmap_of(document: &Document, font: &Dictionary, map: &UnicodeMap, family: &CidFamily) -> Option<CMap> {
    match get(document, font, b"Encoding") {
        Some(Object::Stream(stream)) => CMap::parse(&decoded(document, stream), load_embedded),
        Some(Object::Name(name)) if name != b"Identity-H" && name != b"Identity-V" => {
            CMap::parse(load_embedded(CMapName::from_bytes(name))?, load_embedded)
        }
        _ if map.is_empty() && family.ucs2_cmap().is_some() => Some(CMap::identity_h()),
        _ => None,
    }
}

/// Adds what the character collection says of each glyph; the font's own map knows better.
fn add_characters(map: &mut UnicodeMap, codes: &Codes, family: &CidFamily) {
    let characters =
        family.ucs2_cmap().and_then(load_embedded).and_then(|cmap| CMap::parse(cmap, load_embedded));
    let Some(characters) = characters else { return };
    for (code, glyph) in &codes.glyphs {
        if map.contains_key(code) {
            continue;
        }
        let text = match characters.lookup_bf_string(*glyph) {
            Some(BfString::Char(character)) => character.to_string(),
            Some(BfString::String(text)) => text,
            None => continue,
        };
        map.insert(*code, text.encode_utf16().collect());
    }
}

/// The codes of one and two bytes that a CMap knows; longer ones are left out.
struct Codes {
    glyphs: BTreeMap<u32, u32>,
    /// Which bytes are the first of two.
    leads: [bool; 256],
}

impl Codes {
    fn of(cmap: &CMap) -> Self {
        let mut glyphs = BTreeMap::new();
        let mut leads = [false; 256];
        for code in 0..=0xFFFF {
            if let Some(glyph) = cmap.lookup_cid_code(code, 2) {
                glyphs.insert(code, glyph);
                leads[(code >> 8) as usize] = true;
            }
        }
        for code in (0..=0xFF).filter(|code| !leads[*code as usize]) {
            if let Some(glyph) = cmap.lookup_cid_code(code, 1) {
                glyphs.insert(code, glyph);
            }
        }
        Self { glyphs, leads }
    }

    /// An encoding that cuts strings into these codes and takes each code for the glyph's number. Its ranges have
    /// twice as many digits as they should: adobe-cmap-parser counts digits for bytes and halves them.
    fn code_space(&self) -> Vec<u8> {
        let ranges: Vec<String> = (0..=255_u8)
            .map(|first| match self.leads[usize::from(first)] {
                true => format!("<0000{first:02X}00> <0000{first:02X}FF>\n"),
                false => format!("<00{first:02X}> <00{first:02X}>\n"),
            })
            .collect();
        let ranges = ranges.concat();
        format!(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n256 begincodespacerange\n{ranges}\
             endcodespacerange\n1 begincidrange\n<0000> <FFFF> 0\nendcidrange\nendcmap\nend\nend\n"
        )
        .into_bytes()
    }
}

/// `W`: widths one by one, or one for a range of glyphs.
fn widths_by_glyph(document: &Document, descendant: &Dictionary) -> HashMap<u32, f64> {
    let items = get_array(document, descendant, b"W").unwrap_or_default();
    let items: Vec<&Object> = items.iter().filter_map(|item| resolve(document, item)).collect();
    let mut widths = HashMap::new();
    let mut rest = items.as_slice();
    loop {
        rest = match rest {
            [Object::Integer(first), Object::Array(each), tail @ ..] => {
                for (glyph, width) in (*first as u32..).zip(each) {
                    if let Some(width) = resolve(document, width).and_then(number) {
                        widths.insert(glyph, width);
                    }
                }
                tail
            }
            [Object::Integer(first), Object::Integer(last), width, tail @ ..] => {
                if let Some(width) = number(width) {
                    let glyphs = (*first).clamp(0, 0xFFFF) as u32..=(*last).clamp(0, 0xFFFF) as u32;
                    widths.extend(glyphs.map(|glyph| (glyph, width)));
                }
                tail
            }
            [_, tail @ ..] => tail,
            [] => return widths,
        };
    }
}

fn listed(widths: &HashMap<u32, f64>) -> Vec<Object> {
    let mut sorted: Vec<_> = widths.iter().collect();
    sorted.sort_by_key(|(code, _)| **code);
    sorted
        .chunk_by(|(code, _), (next, _)| *code + 1 == **next)
        .flat_map(|run| {
            let widths = run.iter().map(|(_, width)| Object::from(**width)).collect();
            [Object::Integer(i64::from(*run[0].0)), Object::Array(widths)]
        })
        .collect()
}
