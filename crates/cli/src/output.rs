//! The one place that prints.

use std::borrow::Cow;
use std::io::{self, Write as _};

use anyhow::{Context as _, Result};
use serde::Serialize;

/// A word to the person, on stderr. One that nobody can read any more is lost.
pub(crate) fn say(text: &str) {
    let _ = writeln!(io::stderr().lock(), "{}", harmless(text));
}

/// A line of the result, on stdout.
pub(crate) fn print(text: &str) -> Result<()> {
    print_piece(text)?;
    print_piece("\n")
}

/// A piece of the result without a line break, shown at once.
pub(crate) fn print_piece(text: &str) -> Result<()> {
    write(&harmless(text))
}

/// A line of the result that has been laid out: what came from elsewhere in it is harmless already.
pub(crate) fn print_laid_out(text: &str) -> Result<()> {
    write(&format!("{text}\n"))
}

/// A value as one line of JSON, on stdout.
pub(crate) fn print_json(value: &impl Serialize) -> Result<()> {
    let json = serde_json::to_string(value).context("The result cannot be written as JSON")?;
    write(&(escaped(&json) + "\n"))
}

fn write(text: &str) -> Result<()> {
    let mut stdout = io::stdout().lock();
    stdout.write_all(text.as_bytes()).and_then(|()| stdout.flush()).context("The output cannot be written")
}

/// Text of documents, models and file names, without what would steer the terminal: control characters are shown as
/// signs.
pub(crate) fn harmless(text: &str) -> Cow<'_, str> {
    let steers = |c: char| c.is_control() && !matches!(c, '\n' | '\t');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let sign = |c: char| match u32::from(c) {
        _ if !steers(c) => c,
        // Unicode has a picture of each of them, in their order.
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char::REPLACEMENT_CHARACTER),
        0x7f => '\u{2421}',
        _ => char::REPLACEMENT_CHARACTER,
    };
    text.replace("\r\n", "\n").chars().map(sign).collect()
}

/// JSON with all control characters escaped: it need not escape those above the ASCII ones.
pub(crate) fn escaped(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len());
    for c in json.chars() {
        if matches!(c, '\u{7f}'..='\u{9f}') {
            escaped += &format!("\\u{:04x}", u32::from(c));
        } else {
            escaped.push(c);
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_steers_a_terminal_is_printed() {
        assert_eq!(harmless("red \u{1b}[31m, bell \u{7}, \u{9b}1m\u{7f}"), "red ␛[31m, bell ␇, \u{fffd}1m␡");
        assert_eq!(harmless("two\r\nlines\tand a tab"), "two\nlines\tand a tab");
        assert_eq!(harmless("ruhig ✓"), "ruhig ✓");
        let json = serde_json::to_string("\u{1b}[31m \u{9b}1m").unwrap();
        assert_eq!(escaped(&json), "\"\\u001b[31m \\u009b1m\"");
        assert_eq!(serde_json::from_str::<String>(&escaped(&json)).unwrap(), "\u{1b}[31m \u{9b}1m");
    }
}
