//! The encoding that a font program brings: the names of its glyphs by their codes.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use cff_parser::{Table, string_by_id};
use pdf_extract::{Dictionary, Document, Object};
use type1_encoding_parser::get_encoding_map;

use super::encodings::STANDARD;
use super::filters::decoded;
use super::lookup::get;

pub(super) type GlyphNames = BTreeMap<u8, Vec<u8>>;

/// Of programs of the kinds Type 1 and Type 1C, as far as they can be read.
pub(super) fn names_in_program(document: &Document, descriptor: &Dictionary) -> GlyphNames {
    let program = |key: &[u8]| match get(document, descriptor, key) {
        Some(Object::Stream(stream)) => Some(decoded(document, stream)),
        _ => None,
    };
    // Both parsers panic over some damaged programs.
    let names = if let Some(compact) = program(b"FontFile3") {
        catch_unwind(AssertUnwindSafe(|| compact_names(&compact)))
    } else if let Some(clear) = program(b"FontFile") {
        catch_unwind(AssertUnwindSafe(|| clear_names(&clear)))
    } else {
        return GlyphNames::new();
    };
    names.ok().flatten().unwrap_or_default()
}

fn compact_names(program: &[u8]) -> Option<GlyphNames> {
    let table = Table::parse(program)?;
    let codes = table.encoding.get_code_to_sid_table(&table.charset);
    let names = codes.into_iter().filter_map(|(code, name)| Some((code, string_by_id(&table, name)?)));
    Some(names.filter(|(_, name)| *name != ".notdef").map(|(code, name)| (code, name.into())).collect())
}

/// The encoding stands in front of the encrypted part.
fn clear_names(program: &[u8]) -> Option<GlyphNames> {
    let end = memchr::memmem::find(program, b"eexec").unwrap_or(program.len());
    let clear = &program[..end];
    if memchr::memmem::find(clear, b"StandardEncoding def").is_some() {
        return Some(standard_names());
    }
    let names = get_encoding_map(clear).ok()?;
    Some(names.into_iter().filter_map(|(code, name)| Some((u8::try_from(code).ok()?, name))).collect())
}

pub(super) fn standard_names() -> GlyphNames {
    STANDARD.iter().map(|(code, name)| (*code, name.as_bytes().to_vec())).collect()
}
