//! Characters that are written as commands.

use unicode_normalization::UnicodeNormalization;

/// The character that a command without arguments prints.
pub(super) fn symbol(command: &str) -> Option<&'static str> {
    Some(match command {
        "&" => "&",
        "%" => "%",
        "$" => "$",
        "#" => "#",
        "_" => "_",
        "{" => "{",
        "}" => "}",
        " " | "," | ";" | ":" | "quad" | "qquad" | "enspace" | "space" => " ",
        "ldots" | "dots" | "textellipsis" => "\u{2026}",
        "textbackslash" => "\\",
        "textendash" => "\u{2013}",
        "textemdash" => "\u{2014}",
        "textbullet" => "\u{2022}",
        "textdegree" => "\u{b0}",
        "euro" | "texteuro" => "\u{20ac}",
        "pounds" | "textsterling" => "\u{a3}",
        "S" => "\u{a7}",
        "P" => "\u{b6}",
        "copyright" | "textcopyright" => "\u{a9}",
        "ss" => "\u{df}",
        "ae" => "\u{e6}",
        "AE" => "\u{c6}",
        "oe" => "\u{153}",
        "OE" => "\u{152}",
        "o" => "\u{f8}",
        "O" => "\u{d8}",
        "aa" => "\u{e5}",
        "AA" => "\u{c5}",
        "l" => "\u{142}",
        "L" => "\u{141}",
        "i" => "\u{131}",
        "TeX" => "TeX",
        "LaTeX" => "LaTeX",
        _ => return None,
    })
}

/// A letter with the accent that a command puts on it.
pub(super) fn accented(command: &str, letter: &str) -> Option<String> {
    let accent = match command {
        "`" => '\u{300}',
        "'" => '\u{301}',
        "^" => '\u{302}',
        "~" => '\u{303}',
        "=" => '\u{304}',
        "u" => '\u{306}',
        "." => '\u{307}',
        "\"" => '\u{308}',
        "r" => '\u{30a}',
        "H" => '\u{30b}',
        "v" => '\u{30c}',
        "d" => '\u{323}',
        "c" => '\u{327}',
        "k" => '\u{328}',
        _ => return None,
    };
    let mut letters = letter.trim_start_matches('\\').chars();
    let first = letters.next()?;
    Some([first, accent].into_iter().nfc().chain(letters).collect())
}
