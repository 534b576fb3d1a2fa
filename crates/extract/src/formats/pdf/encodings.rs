//! What the codes of fonts mean that say so by their kind alone.

use super::to_unicode::UnicodeMap;

/// Where Adobe's standard encoding is not that of PDF documents, which pdf-extract starts from
/// (ISO 32000-1, annex D.2).
pub(super) const STANDARD: [(u8, &str); 56] = [
    (0x27, "quoteright"),
    (0x60, "quoteleft"),
    (0xa1, "exclamdown"),
    (0xa2, "cent"),
    (0xa3, "sterling"),
    (0xa4, "fraction"),
    (0xa5, "yen"),
    (0xa6, "florin"),
    (0xa7, "section"),
    (0xa8, "currency"),
    (0xa9, "quotesingle"),
    (0xaa, "quotedblleft"),
    (0xab, "guillemotleft"),
    (0xac, "guilsinglleft"),
    (0xad, "guilsinglright"),
    (0xae, "fi"),
    (0xaf, "fl"),
    (0xb1, "endash"),
    (0xb2, "dagger"),
    (0xb3, "daggerdbl"),
    (0xb4, "periodcentered"),
    (0xb6, "paragraph"),
    (0xb7, "bullet"),
    (0xb8, "quotesinglbase"),
    (0xb9, "quotedblbase"),
    (0xba, "quotedblright"),
    (0xbb, "guillemotright"),
    (0xbc, "ellipsis"),
    (0xbd, "perthousand"),
    (0xbf, "questiondown"),
    (0xc1, "grave"),
    (0xc2, "acute"),
    (0xc3, "circumflex"),
    (0xc4, "tilde"),
    (0xc5, "macron"),
    (0xc6, "breve"),
    (0xc7, "dotaccent"),
    (0xc8, "dieresis"),
    (0xca, "ring"),
    (0xcb, "cedilla"),
    (0xcd, "hungarumlaut"),
    (0xce, "ogonek"),
    (0xcf, "caron"),
    (0xd0, "emdash"),
    (0xe1, "AE"),
    (0xe3, "ordfeminine"),
    (0xe8, "Lslash"),
    (0xe9, "Oslash"),
    (0xea, "OE"),
    (0xeb, "ordmasculine"),
    (0xf1, "ae"),
    (0xf5, "dotlessi"),
    (0xf8, "lslash"),
    (0xf9, "oslash"),
    (0xfa, "oe"),
    (0xfb, "germandbls"),
];

/// The signs of ZapfDingbats by their codes (the font's own encoding, ISO 32000-1, annex D.6): those that Unicode took
/// over in their order, and those that it had already.
pub(super) fn zapf_dingbats() -> UnicodeMap {
    let in_order = (0x21..=0x7e).map(|code| (code, 0x2701 + code - 0x21));
    let behind = (0xa1..=0xfe).filter(|code| *code != 0xf0).map(|code| (code, 0x2761 + code - 0xa1));
    let elsewhere = [
        (0x25, 0x260e),
        (0x2a, 0x261b),
        (0x2b, 0x261e),
        (0x48, 0x2605),
        (0x6c, 0x25cf),
        (0x6e, 0x25a0),
        (0x73, 0x25b2),
        (0x74, 0x25bc),
        (0x75, 0x25c6),
        (0x77, 0x25d7),
        (0xa8, 0x2663),
        (0xa9, 0x2666),
        (0xaa, 0x2665),
        (0xab, 0x2660),
        (0xd5, 0x2192),
        (0xd6, 0x2194),
        (0xd7, 0x2195),
    ];
    let numbers_in_circles = (0xac..=0xb5).map(|code| (code, 0x2460 + code - 0xac));
    let signs = in_order.chain(behind).chain(elsewhere).chain(numbers_in_circles);
    signs.map(|(code, sign): (u32, u32)| (code, vec![sign as u16])).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dingbats_are_the_signs_that_show() {
        let map = zapf_dingbats();
        let sign = |code: u8| String::from_utf16_lossy(&map[&u32::from(code)]);
        assert_eq!(
            [b'4', b'l', b'n', 0xac, 0xb6, 0xd4].map(sign).concat(),
            "\u{2714}\u{25cf}\u{25a0}\u{2460}\u{2776}\u{2794}"
        );
    }
}
