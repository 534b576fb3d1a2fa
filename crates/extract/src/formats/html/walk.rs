//! The blocks of a page, found by walking its tree.

use dom_query::{Document, NodeRef};

use super::tables;
use crate::BlockKind;
use crate::formats::page_writer::{BULLET, PageWriter};

/// Browsers nest no deeper either; what lies below keeps its text and loses its structure.
const DEEPEST: usize = 512;

pub(super) fn write_body(document: &Document, writer: &mut PageWriter) {
    let mut walk = Walk { writer, line: String::new(), kind: BlockKind::Paragraph, marker: None, depth: 0 };
    walk.children(&document.root());
    walk.end_block();
}

/// The walk and the block it is in.
struct Walk<'w, 'a> {
    writer: &'w mut PageWriter<'a>,
    /// The text of the block so far, white space collapsed.
    line: String,
    kind: BlockKind,
    /// Stands in front of the next block: a list item's bullet or number.
    marker: Option<String>,
    depth: usize,
}

impl Walk<'_, '_> {
    fn children(&mut self, node: &NodeRef) {
        self.depth += 1;
        if self.depth > DEEPEST {
            self.text(&node.text());
        } else {
            for child in node.children_it(false) {
                self.node(&child);
            }
        }
        self.depth -= 1;
    }

    fn node(&mut self, node: &NodeRef) {
        if node.is_text() {
            return self.text(&node.text());
        }
        let Some(name) = node.node_name() else { return };
        match name.as_ref() {
            // The last three say how characters are read, beside them.
            "script" | "style" | "template" | "noscript" | "head" | "title" | "svg" | "annotation"
            | "iframe" | "object" | "select" | "button" | "rt" | "rp" | "rtc" => {}
            _ if is_hidden(node) => {}
            "br" => self.line.push('\n'),
            "img" => self.text(shown_alternative(&node.attr_or("alt", ""))),
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.block(node, BlockKind::Heading { level: name.as_bytes()[1] - b'0' });
            }
            "pre" => {
                self.end_block();
                self.writer.push(BlockKind::Code, &node.text());
            }
            "ul" | "ol" | "menu" => self.list(node, name.as_ref() == "ol"),
            "table" => self.table(node),
            "p" | "div" | "section" | "article" | "main" | "header" | "footer" | "aside" | "nav"
            | "address" | "blockquote" | "figure" | "figcaption" | "caption" | "center" | "details"
            | "summary" | "fieldset" | "legend" | "form" | "dl" | "dt" | "dd" | "hr" | "li" | "body"
            | "html" | "tr" | "td" | "th" => {
                self.block(node, self.kind);
            }
            _ => self.children(node),
        }
    }

    fn block(&mut self, node: &NodeRef, kind: BlockKind) {
        self.end_block();
        let around = std::mem::replace(&mut self.kind, kind);
        self.children(node);
        self.end_block();
        self.kind = around;
    }

    fn list(&mut self, node: &NodeRef, ordered: bool) {
        self.end_block();
        let first = node.attr("start").and_then(|start| start.trim().parse().ok()).unwrap_or(1_u32);
        let mut number = first;
        for child in node.children_it(false) {
            if child.has_name("li") {
                self.marker = Some(if ordered { format!("{number}. ") } else { BULLET.to_owned() });
                self.block(&child, BlockKind::ListItem);
                self.marker = None;
                number = number.saturating_add(1);
            } else {
                self.node(&child);
            }
        }
        self.end_block();
    }

    fn table(&mut self, node: &NodeRef) {
        self.end_block();
        if tables::lays_out_a_page(node) {
            self.block(node, self.kind);
        } else {
            tables::write(node, self.writer);
        }
    }

    fn text(&mut self, text: &str) {
        let text = text.replace('\u{a0}', " ");
        let mut words = text.split_whitespace().peekable();
        let begins_with_space = text.starts_with(char::is_whitespace);
        if (begins_with_space || words.peek().is_none())
            && !text.is_empty()
            && !self.line.ends_with([' ', '\n'])
        {
            self.line.push(' ');
        }
        let mut any = false;
        for word in words {
            if any {
                self.line.push(' ');
            }
            self.line.push_str(word);
            any = true;
        }
        if any && text.ends_with(char::is_whitespace) {
            self.line.push(' ');
        }
    }

    fn end_block(&mut self) {
        let line = std::mem::take(&mut self.line);
        if line.trim().is_empty() {
            return;
        }
        match self.marker.take() {
            Some(marker) => self.writer.push(self.kind, &format!("{marker}{}", line.trim())),
            None => self.writer.push(self.kind, &line),
        }
    }
}

/// The text in place of a picture; programs put the name of its file there.
fn shown_alternative(text: &str) -> &str {
    let is_file_name =
        [".jpg", ".jpeg", ".png", ".gif", ".svg"].iter().any(|end| text.to_lowercase().ends_with(end));
    if is_file_name { "" } else { text }
}

/// What a browser does not show.
fn is_hidden(node: &NodeRef) -> bool {
    node.has_attr("hidden")
        || node.attr("style").is_some_and(|style| {
            let style: String = style.to_lowercase().split_whitespace().collect();
            style.contains("display:none") || style.contains("visibility:hidden")
        })
}
