//! How text is laid out on a terminal. Elsewhere it is left as it is.

use std::io::{self, IsTerminal as _};
use std::path::Path;

use console::{Term, measure_text_width};
use supports_hyperlinks::Stream;
use url::Url;

use crate::output::harmless;

/// Longer lines are hard to read.
const WIDEST: usize = 100;

/// How wide the standard output is, where it is a terminal.
pub(crate) fn width() -> Option<usize> {
    io::stdout().is_terminal().then(|| usize::from(Term::stdout().size().1).min(WIDEST))
}

/// Breaks text that comes in pieces between its words.
pub(crate) struct Flow {
    width: usize,
    column: usize,
    spaces: usize,
    word: String,
}

impl Flow {
    /// Lines as wide as this; any width where there is none.
    pub(crate) fn new(width: Option<usize>) -> Self {
        Self { width: width.unwrap_or(usize::MAX), column: 0, spaces: 0, word: String::new() }
    }

    /// What can be shown now. The last word waits for its end.
    pub(crate) fn push(&mut self, piece: &str) -> String {
        let mut shown = String::new();
        for character in piece.chars() {
            match character {
                ' ' => {
                    self.end_word(&mut shown);
                    self.spaces += 1;
                }
                '\n' => {
                    self.end_word(&mut shown);
                    shown.push('\n');
                    (self.column, self.spaces) = (0, 0);
                }
                _ => self.word.push(character),
            }
        }
        shown
    }

    /// What is left at the end.
    pub(crate) fn end(&mut self) -> String {
        let mut shown = String::new();
        self.end_word(&mut shown);
        shown
    }

    fn end_word(&mut self, shown: &mut String) {
        if self.word.is_empty() {
            return;
        }
        let length = measure_text_width(&self.word);
        if self.column > 0 && self.column + self.spaces + length > self.width {
            shown.push('\n');
            self.column = 0;
        } else {
            shown.extend(std::iter::repeat_n(' ', self.spaces));
            self.column += self.spaces;
        }
        self.spaces = 0;
        self.column += length;
        shown.push_str(&self.word);
        self.word.clear();
    }
}

/// A paragraph whose lines begin further to the right.
pub(crate) fn indented(text: &str, indent: usize, width: Option<usize>) -> String {
    let mut flow = Flow::new(width.map(|width| width.saturating_sub(indent)));
    let laid_out = flow.push(text) + &flow.end();
    let margin = " ".repeat(indent);
    laid_out.lines().map(|line| format!("{margin}{line}")).collect::<Vec<_>>().join("\n")
}

/// Text that opens this where the terminal has links.
pub(crate) fn linked(text: &str, url: Option<&str>) -> String {
    let text = harmless(text);
    match url {
        Some(url) if supports_hyperlinks::on(Stream::Stdout) => {
            format!("\u{1b}]8;;{}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\", harmless(url))
        }
        _ => text.into_owned(),
    }
}

/// The path of a document, and a page of it, each with what it opens: the file, and the page in the window.
pub(crate) fn place(document: &str, page: &str, link: Option<&str>) -> String {
    let file = Url::from_file_path(Path::new(document)).ok();
    format!("{}, {}", linked(document, file.as_ref().map(Url::as_str)), linked(page, link))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_broken_between_words_however_the_text_comes() {
        let text = "The harbour light was first lit in 1871. [1]\n\n- It burned\n  colza oil.";
        let broken = "The harbour light\nwas first lit in\n1871. [1]\n\n- It burned\n  colza oil.";
        for size in [1, 3, 100] {
            let mut flow = Flow::new(Some(18));
            let pieces: Vec<char> = text.chars().collect();
            let mut shown: String =
                pieces.chunks(size).map(|piece| flow.push(&piece.iter().collect::<String>())).collect();
            shown += &flow.end();
            assert_eq!(shown, broken, "{size}");
        }
        let mut as_it_is = Flow::new(None);
        assert_eq!(as_it_is.push(text) + &as_it_is.end(), text);
    }

    #[test]
    fn a_paragraph_is_indented_and_as_wide_as_the_rest() {
        assert_eq!(indented("first lit in 1871", 4, Some(16)), "    first lit in\n    1871");
        assert_eq!(indented("first lit in 1871", 4, None), "    first lit in 1871");
    }
}
