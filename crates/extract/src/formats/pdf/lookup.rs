//! Looking things up in PDF objects that may be missing, indirect or of the wrong type.

use pdf_extract::{Dictionary, Document, Object, decode_text_string};

/// A reference to a reference is already unusual; a chain of them is an attack.
const LONGEST_CHAIN: usize = 16;

pub(super) fn resolve<'a>(document: &'a Document, mut object: &'a Object) -> Option<&'a Object> {
    for _ in 0..LONGEST_CHAIN {
        match object {
            Object::Reference(id) => object = document.objects.get(id)?,
            Object::Null => return None,
            _ => return Some(object),
        }
    }
    None
}

/// The document's root object.
pub(super) fn catalog_of(document: &Document) -> Option<&Dictionary> {
    resolve(document, document.trailer.get(b"Root").ok()?).and_then(as_dictionary)
}

pub(super) fn get<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    resolve(document, dictionary.get(key).ok()?)
}

/// A stream counts by its dictionary.
pub(super) fn get_dictionary<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a Dictionary> {
    as_dictionary(get(document, dictionary, key)?)
}

pub(super) fn as_dictionary(object: &Object) -> Option<&Dictionary> {
    match object {
        Object::Dictionary(dictionary) => Some(dictionary),
        Object::Stream(stream) => Some(&stream.dict),
        _ => None,
    }
}

pub(super) fn get_name<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [u8]> {
    get(document, dictionary, key)?.as_name().ok()
}

pub(super) fn get_integer(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<i64> {
    number(get(document, dictionary, key)?).map(|number| number as i64)
}

pub(super) fn get_number(document: &Document, dictionary: &Dictionary, key: &[u8]) -> Option<f64> {
    number(get(document, dictionary, key)?)
}

pub(super) fn get_array<'a>(
    document: &'a Document,
    dictionary: &'a Dictionary,
    key: &[u8],
) -> Option<&'a [Object]> {
    get(document, dictionary, key)?.as_array().ok().map(Vec::as_slice)
}

/// Exactly `N` numbers, each of them possibly indirect.
pub(super) fn get_numbers<const N: usize>(
    document: &Document,
    dictionary: &Dictionary,
    key: &[u8],
) -> Option<[f64; N]> {
    let array = get_array(document, dictionary, key)?;
    let numbers: Vec<f64> = array.iter().filter_map(|item| number(resolve(document, item)?)).collect();
    numbers.try_into().ok()
}

pub(super) fn number(object: &Object) -> Option<f64> {
    match object {
        Object::Integer(integer) => Some(*integer as f64),
        Object::Real(real) => Some(f64::from(*real)),
        _ => None,
    }
}

/// What a text string says. The decoder knows no line breaks outside of Unicode, and drops them.
pub(super) fn text(object: &Object) -> Option<String> {
    let bytes = object.as_str().ok()?;
    if bytes.starts_with(b"\xfe\xff") || bytes.starts_with(b"\xef\xbb\xbf") {
        return decode_text_string(object).ok();
    }
    let lines = bytes.split(|byte| matches!(byte, b'\r' | b'\n'));
    let lines = lines.map(|line| decode_text_string(&Object::string_literal(line)).ok());
    lines.collect::<Option<Vec<_>>>().map(|lines| lines.join("\n"))
}
