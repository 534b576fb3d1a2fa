//! A stream's bytes behind its filters, by whatever names the filters go.

use pdf_extract::{Dictionary, Document, Object, Stream};

use super::lookup::{as_dictionary, get, resolve};

/// As far as the filters can be undone; what pdf-extract's parser undoes is left to it.
pub(super) fn decoded(document: &Document, stream: &Stream) -> Vec<u8> {
    let filters = list(document, &stream.dict, [b"Filter", b"F".as_slice()]);
    let parameters = list(document, &stream.dict, [b"DecodeParms", b"DP".as_slice()]);
    let mut content = stream.content.clone();
    for (index, filter) in filters.iter().filter_map(|filter| filter.as_name().ok()).enumerate() {
        let parameters = parameters.get(index).and_then(|parameters| as_dictionary(parameters));
        content = match filter {
            b"FlateDecode" | b"Fl" => undone(content, "FlateDecode", parameters),
            b"LZWDecode" | b"LZW" => undone(content, "LZWDecode", parameters),
            b"ASCII85Decode" | b"A85" => undone(content, "ASCII85Decode", parameters),
            b"ASCIIHexDecode" | b"AHx" => from_hex(&content),
            b"RunLengthDecode" | b"RL" => from_run_lengths(&content),
            _ => break,
        };
    }
    content
}

/// One value, or several in an array, under either of two names.
fn list<'a>(document: &'a Document, dictionary: &'a Dictionary, keys: [&[u8]; 2]) -> Vec<&'a Object> {
    let value = keys.iter().find_map(|key| get(document, dictionary, key));
    match value {
        Some(Object::Array(items)) => {
            items.iter().map(|item| resolve(document, item).unwrap_or(&Object::Null)).collect()
        }
        Some(value) => vec![value],
        None => Vec::new(),
    }
}

fn undone(content: Vec<u8>, filter: &str, parameters: Option<&Dictionary>) -> Vec<u8> {
    let mut dictionary = Dictionary::new();
    dictionary.set("Filter", Object::Name(filter.into()));
    if let Some(parameters) = parameters {
        dictionary.set("DecodeParms", parameters.clone());
    }
    let stream = Stream::new(dictionary, content);
    stream.decompressed_content().unwrap_or_default()
}

fn from_hex(content: &[u8]) -> Vec<u8> {
    let digits = content.iter().take_while(|byte| **byte != b'>');
    let mut values: Vec<u8> =
        digits.filter_map(|byte| char::from(*byte).to_digit(16)).map(|value| value as u8).collect();
    if values.len() % 2 == 1 {
        values.push(0);
    }
    values.as_chunks::<2>().0.iter().map(|[high, low]| high << 4 | low).collect()
}

/// A length below 128 announces one byte more of literal bytes, one above it 257 less that many copies of the
/// next byte, 128 the end.
fn from_run_lengths(content: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut rest = content;
    while let [length, tail @ ..] = rest {
        rest = match *length {
            128 => break,
            length @ 0..128 => {
                let (literal, tail) = tail.split_at(tail.len().min(usize::from(length) + 1));
                bytes.extend(literal);
                tail
            }
            length => {
                let Some((byte, tail)) = tail.split_first() else { break };
                bytes.extend(std::iter::repeat_n(*byte, 257 - usize::from(length)));
                tail
            }
        };
    }
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decode(filters: &[&str], content: &[u8]) -> Vec<u8> {
        let filters: Vec<Object> = filters.iter().map(|filter| Object::Name((*filter).into())).collect();
        let mut dictionary = Dictionary::new();
        dictionary.set("Filter", filters);
        decoded(&Document::new(), &Stream::new(dictionary, content.to_vec()))
    }

    #[test]
    fn filters_are_undone_one_after_the_other() {
        assert_eq!(decode(&["AHx"], b"48 65 6C6c 6F>"), b"Hello");
        assert_eq!(decode(&["ASCIIHexDecode", "RL"], b"01 41 42 FE 43 80>"), b"ABCCC");
        assert_eq!(decode(&["A85"], b"87cURDZ~>"), b"Hello");
    }

    #[test]
    fn a_stream_cut_short_gives_what_is_there() {
        assert_eq!(decode(&["RL"], b"\x05AB"), b"AB");
        assert_eq!(decode(&["RL"], b"\xff"), b"");
    }
}
