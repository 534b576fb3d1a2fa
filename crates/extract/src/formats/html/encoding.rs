//! The encoding that a page or an XML file says it is written in.

use encoding_rs::Encoding;

/// Browsers look for a declaration in the first kilobyte; some editors put comments in front of it.
const DECLARED_WITHIN: usize = 4096;

/// What `charset=` or `encoding=` near the beginning names.
pub(in crate::formats) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes[..bytes.len().min(DECLARED_WITHIN)].to_ascii_lowercase();
    [b"charset=".as_slice(), b"encoding="].into_iter().find_map(|mark| {
        memchr::memmem::find_iter(&head, mark).find_map(|at| {
            let label = head[at + mark.len()..].trim_ascii_start();
            let label = label.strip_prefix(b"\"").or(label.strip_prefix(b"'")).unwrap_or(label);
            let end =
                label.iter().position(|byte| matches!(byte, b'"' | b'\'' | b';' | b'>' | b' ' | b'/' | b'?'));
            Encoding::for_label(&label[..end?])
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn declarations_are_found_in_their_usual_places() {
        let name = |html: &[u8]| declared_encoding(html).map(Encoding::name);
        assert_eq!(name(b"<meta charset=\"Shift_JIS\">"), Some("Shift_JIS"));
        assert_eq!(name(b"<meta content=\"text/html; charset=koi8-r\">"), Some("KOI8-R"));
        assert_eq!(name(b"<?xml version='1.0' encoding='iso-8859-2'?>"), Some("ISO-8859-2"));
        assert_eq!(name(b"<meta charset=utf-9><meta charset=gbk>"), Some("GBK"));
        assert_eq!(name(b"<p>no word of it</p>"), None);
    }
}
