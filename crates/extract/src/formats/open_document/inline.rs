//! The text within a paragraph.

use roxmltree::Node;

use crate::formats::page_writer::on_one_line;
use crate::formats::xml_tree::{attribute, find, name, text_of};

/// Spaces that stand in a row; more are no text.
const MOST_SPACES: usize = 200;

/// A paragraph's text, and what hangs on it.
#[derive(Default)]
pub(super) struct Inline<'a, 'x> {
    pub text: String,
    /// Footnotes, endnotes and comments.
    pub notes: Vec<String>,
    /// Boxes with blocks of their own, anchored here.
    pub boxes: Vec<Node<'a, 'x>>,
}

impl<'a, 'x> Inline<'a, 'x> {
    pub fn of(paragraph: Node<'a, 'x>) -> Self {
        let mut inline = Self::default();
        inline.children(paragraph);
        inline
    }

    fn children(&mut self, node: Node<'a, 'x>) {
        for child in node.children() {
            if let Some(text) = child.text().filter(|_| child.is_text()) {
                self.collapsed(text);
            } else {
                self.element(child);
            }
        }
    }

    fn element(&mut self, node: Node<'a, 'x>) {
        match name(node) {
            "s" => {
                let count = attribute(node, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                self.text.push_str(&" ".repeat(count.min(MOST_SPACES)));
            }
            "tab" => self.text.push('\t'),
            "line-break" => self.text.push('\n'),
            "note" => {
                let mark = find(node, "note-citation").map(text_of).unwrap_or_default();
                let body = find(node, "note-body").map(paragraphs_of).unwrap_or_default();
                self.text.push_str(&format!("[{mark}]"));
                self.notes.push(format!("[{mark}] {body}"));
            }
            "annotation" => {
                let author = find(node, "creator").map(text_of).unwrap_or_default();
                self.notes.push(format!("Comment ({author}): {}", paragraphs_of(node)));
            }
            "text-box" | "table" => self.boxes.push(node),
            // The base text comes first and is what is read.
            "ruby-text" | "title" | "desc" | "tracked-changes" | "script" | "bookmark-start" | "image" => {}
            _ => self.children(node),
        }
    }

    /// White space in the file is a single space, and none where one stands already.
    fn collapsed(&mut self, text: &str) {
        for character in text.chars() {
            if !matches!(character, ' ' | '\t' | '\n' | '\r') {
                self.text.push(character);
            } else if !self.text.ends_with([' ', '\n']) {
                self.text.push(' ');
            }
        }
    }
}

/// All paragraphs below on one line.
pub(super) fn paragraphs_of(node: Node) -> String {
    let paragraphs = node.descendants().filter(|node| matches!(name(*node), "p" | "h"));
    let texts: Vec<String> = paragraphs.map(|paragraph| on_one_line(&Inline::of(paragraph).text)).collect();
    texts.join(" ")
}
