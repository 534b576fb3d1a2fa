//! A new cross-reference table for a file whose own one is lost or wrong, from the objects that are there.

use std::collections::BTreeMap;
use std::fmt::Write;

/// The file with a table and a trailer behind it; none if it has no objects or names no catalog.
pub(super) fn with_new_table(bytes: &[u8]) -> Option<Vec<u8>> {
    // Places are counted from the header.
    let header = find(bytes, b"%PDF-", 0).unwrap_or(0);
    let bytes = &bytes[header..];
    let objects = objects_in(bytes);
    let root = last_reference(bytes, b"/Root").or_else(|| catalog(bytes, &objects))?;
    let (last, _) = objects.last_key_value()?;

    let mut repaired = bytes.to_vec();
    let mut table = String::from("\nxref\n");
    for (number, (offset, generation)) in &objects {
        let mut offset = *offset;
        if let Some(object) = with_right_length(&bytes[offset..]) {
            repaired.push(b'\n');
            offset = repaired.len();
            repaired.extend(object);
        }
        // Writing to a string cannot fail.
        let _ = write!(table, "{number} 1\n{offset:010} {generation:05} n \n");
    }
    let _ = write!(table, "trailer\n<< /Size {} /Root {root}", last + 1);
    for key in ["/Info", "/Encrypt"] {
        if let Some(reference) = last_reference(bytes, key.as_bytes()) {
            let _ = write!(table, " {key} {reference}");
        }
    }
    let start = repaired.len() + 1;
    repaired.extend(table.into_bytes());
    // Needed to decrypt; may be binary.
    if let Some(id) = last_array(bytes, b"/ID") {
        repaired.extend(b" /ID ");
        repaired.extend(id);
    }
    repaired.extend(format!(" >>\nstartxref\n{start}\n%%EOF\n").into_bytes());
    Some(repaired)
}

/// Offsets and generations by number; of several objects with one number the last counts.
fn objects_in(bytes: &[u8]) -> BTreeMap<u32, (usize, u16)> {
    let mut objects = BTreeMap::new();
    let mut at = 0;
    while let Some(found) = find(bytes, b"obj", at) {
        at = found + 3;
        // `endobj` and words of the text are no beginnings.
        let Some((generation, start)) = number_before(bytes, found) else { continue };
        let Some((number, start)) = number_before(bytes, start) else { continue };
        if let (Ok(number), Ok(generation)) = (u32::try_from(number), u16::try_from(generation)) {
            objects.insert(number, (start, generation));
        }
    }
    objects
}

/// The object at the start of these bytes with the length that its stream has, if it says another one. An
/// indirect length is left alone.
fn with_right_length(bytes: &[u8]) -> Option<Vec<u8>> {
    let end = find(bytes, b"endobj", 0).unwrap_or(bytes.len());
    let keyword = find(&bytes[..end], b"stream", 0)?;
    let mut start = keyword + b"stream".len();
    start += match &bytes[start..] {
        [b'\r', b'\n', ..] => 2,
        [b'\r' | b'\n', ..] => 1,
        _ => 0,
    };
    let end = start + find(&bytes[start..], b"endstream", 0)?;
    let length = end - start;
    let dictionary = bytes[..keyword].trim_ascii_end().strip_suffix(b">>")?;
    let key = find(dictionary, b"/Length", 0).filter(|key| {
        dictionary.get(key + b"/Length".len()).is_some_and(|next| !next.is_ascii_alphanumeric())
    });
    if let Some(key) = key {
        let value = String::from_utf8_lossy(&dictionary[key + b"/Length".len()..]).into_owned();
        let mut words = value.split_whitespace();
        let said = words.next()?.split(['/', '>']).next()?.parse::<usize>().ok()?;
        let indirect = words.nth(1).is_some_and(|word| word.starts_with('R'));
        // A line break before the end may count or not.
        if indirect || (said <= length && length - said <= 2) {
            return None;
        }
    }
    let mut object = Vec::with_capacity(end + 64);
    match key {
        Some(key) => {
            object.extend(&dictionary[..key]);
            // The wrong length under a name that nobody asks for.
            object.extend(b"/Said");
            object.extend(&dictionary[key + 1..]);
        }
        None => object.extend(dictionary),
    }
    object.extend(format!(" /Length {length} >>\nstream\n").into_bytes());
    object.extend(&bytes[start..end]);
    object.extend(b"endstream\nendobj\n");
    Some(object)
}

/// The number that ends before `end`, apart by white space, and where it starts.
fn number_before(bytes: &[u8], end: usize) -> Option<(u64, usize)> {
    let text = bytes[..end].trim_ascii_end();
    let digits = text.iter().rev().take_while(|byte| byte.is_ascii_digit()).count();
    let start = text.len() - digits;
    let number = std::str::from_utf8(&text[start..]).ok()?.parse().ok()?;
    (digits <= 10).then_some((number, start))
}

/// `12 0 R` behind the last such key.
fn last_reference(bytes: &[u8], key: &[u8]) -> Option<String> {
    let mut end = bytes.len();
    while let Some(found) = rfind(&bytes[..end], key) {
        let value =
            String::from_utf8_lossy(&bytes[found + key.len()..bytes.len().min(found + 64)]).into_owned();
        let mut parts =
            value.split(|character: char| character.is_whitespace() || character == '>' || character == '/');
        let mut parts = parts.by_ref().filter(|part| !part.is_empty());
        if let (Some(number), Some(generation), Some("R")) = (parts.next(), parts.next(), parts.next())
            && number.parse::<u32>().is_ok()
            && generation.parse::<u16>().is_ok()
        {
            return Some(format!("{number} {generation} R"));
        }
        end = found;
    }
    None
}

fn last_array<'a>(bytes: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let found = rfind(bytes, key)?;
    let start = found + key.len() + bytes[found + key.len()..].iter().position(|byte| *byte == b'[')?;
    let end = start + bytes[start..].iter().take(4096).position(|byte| *byte == b']')?;
    Some(&bytes[start..=end])
}

fn catalog(bytes: &[u8], objects: &BTreeMap<u32, (usize, u16)>) -> Option<String> {
    let is_catalog = |offset: usize| {
        let end = find(bytes, b"endobj", offset).unwrap_or(bytes.len());
        let object = &bytes[offset..end];
        find(object, b"/Catalog", 0).is_some() && find(object, b"/Pages", 0).is_some()
    };
    let (number, (_, generation)) = objects.iter().rev().find(|(_, (offset, _))| is_catalog(*offset))?;
    Some(format!("{number} {generation} R"))
}

fn find(bytes: &[u8], wanted: &[u8], start: usize) -> Option<usize> {
    memchr::memmem::find(&bytes[start..], wanted).map(|found| start + found)
}

fn rfind(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    memchr::memmem::rfind(bytes, wanted)
}

#[cfg(test)]
mod tests {
    use pdf_extract::Document;

    use super::*;

    #[test]
    fn a_file_without_its_end_is_opened_again() {
        let cut =
            b"junk%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj<</Type/Pages/Kids[3 0 R]\
                    /Count 1>>endobj 3 0 obj <</Type/Page/Parent 2 0 R>> endobj\nxref\n0 1\n00000";
        assert!(Document::load_mem(cut).is_err());
        let repaired = with_new_table(cut).expect("it has objects");
        assert_eq!(Document::load_mem(&repaired).expect("it opens").get_pages().len(), 1);
    }

    #[test]
    fn streams_get_the_length_that_they_have() {
        for dictionary in ["<</Length 3>>", "<<>>", "<</Length 99/Length1 4>>"] {
            let object = format!("1 0 obj {dictionary}\nstream\r\n(Hello) Tj\nendstream endobj");
            let corrected = with_right_length(object.as_bytes()).expect("the length is wrong");
            let text = String::from_utf8_lossy(&corrected);
            assert!(text.contains("/Length 11 >>\nstream\n(Hello) Tj\nendstream"), "{text}");
        }
        assert_eq!(with_right_length(b"1 0 obj <</Length 10>>stream\n(Hello) Tj\nendstream endobj"), None);
        assert_eq!(with_right_length(b"1 0 obj <</Length 7 0 R>>stream\n(Hello) Tj\nendstream endobj"), None);
    }

    #[test]
    fn nothing_comes_of_nothing() {
        assert_eq!(with_new_table(b"%PDF-1.4 endobj 5 obj"), None);
    }
}
