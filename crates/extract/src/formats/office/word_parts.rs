//! What the library that reads Word's texts passes over, written so that it reads it: the ends of pages, the text under
//! readings of characters (ruby), and content of which a file holds several forms.

use std::io::{Cursor, Write};

use memchr::memmem;
use roxmltree::Node;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use crate::formats::package::Package;
use crate::formats::page_writer::PAGE_END;
use crate::formats::xml_tree::{attribute, find, name, parse};

/// Word notes with it where its pages ended when it last laid the text out.
const PAGE_NOTE: &str = "lastRenderedPageBreak";

/// Holds one thing in several forms, for programs of different age.
const FORMS: &str = "AlternateContent";

/// Holds characters and how they are read.
const RUBY: &str = "ruby";

/// What the namespaces begin with that Word knows.
const KNOWN_NAMESPACES: [&str; 3] = [
    "http://schemas.openxmlformats.org/",
    "http://schemas.microsoft.com/office/",
    "http://purl.oclc.org/ooxml/",
];

/// The package with its texts written anew; none where there is nothing to write anew.
pub(super) fn rewritten(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut package = Package::open(bytes).ok()?;
    let is_text = |name: &str| name.starts_with("word/") && name.ends_with(".xml");
    let names: Vec<String> =
        archive.file_names().flatten().filter(|name| is_text(name)).map(Into::into).collect();
    let parts: Vec<(String, String)> = names
        .into_iter()
        .filter_map(|name| Some((rewritten_part(&package.text_part(&name).ok()?)?, name)))
        .map(|(part, name)| (name, part))
        .collect();
    if parts.is_empty() {
        return None;
    }
    let mut copy = ZipWriter::new(Cursor::new(Vec::with_capacity(bytes.len())));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).ok()?;
        match parts.iter().find(|(name, _)| part.name().is_ok_and(|part| part == *name)) {
            Some((name, text)) => {
                let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
                copy.start_file(name, options).ok()?;
                copy.write_all(text.as_bytes()).ok()?;
            }
            None => copy.raw_copy_file(part).ok()?,
        }
    }
    Some(copy.finish().ok()?.into_inner())
}

fn rewritten_part(xml: &str) -> Option<String> {
    let may_hold = |name: &str| memmem::find(xml.as_bytes(), name.as_bytes()).is_some();
    if ![PAGE_NOTE, FORMS, RUBY].into_iter().any(may_hold) {
        return None;
    }
    let document = parse(xml).ok()?;
    let mut copy = Copy { xml, written: String::with_capacity(xml.len()), copied: 0 };
    copy.children(document.root());
    copy.up_to(xml.len());
    // Declared in its first line, the encoding is now another one.
    let body = copy.written.find("?>").filter(|_| copy.written.starts_with("<?xml")).map_or(0, |end| end + 2);
    Some(copy.written.split_off(body))
}

/// A part while it is copied.
struct Copy<'a> {
    xml: &'a str,
    written: String,
    /// Up to here the part is copied or left out.
    copied: usize,
}

impl Copy<'_> {
    fn children(&mut self, node: Node) {
        for child in node.children().filter(Node::is_element) {
            self.element(child);
        }
    }

    fn element(&mut self, node: Node) {
        match name(node) {
            PAGE_NOTE => {
                let prefix = self.prefix_of(node);
                self.replace(node, &format!("<{prefix}t>{PAGE_END}</{prefix}t>"));
            }
            FORMS => self.inside(node, shown_form(node)),
            // Beside runs the library reads it itself.
            RUBY if node.parent().is_some_and(|parent| name(parent) == "r") => {
                let below = find(node, "rubyBase").into_iter().flat_map(|base| base.descendants());
                let text = below.filter(|node| name(*node) == "t").map(|text| &self.xml[text.range()]);
                self.replace(node, &text.collect::<String>());
            }
            _ => self.children(node),
        }
    }

    /// Writes what is in `inner`, which lies in `element`, in the place of that.
    fn inside(&mut self, element: Node, inner: Option<Node>) {
        self.up_to(element.range().start);
        for child in inner.into_iter().flat_map(|inner| inner.children()).filter(Node::is_element) {
            self.copied = child.range().start;
            self.element(child);
            self.up_to(child.range().end);
        }
        self.copied = element.range().end;
    }

    fn replace(&mut self, element: Node, text: &str) {
        self.up_to(element.range().start);
        self.written.push_str(text);
        self.copied = element.range().end;
    }

    fn up_to(&mut self, end: usize) {
        if end > self.copied {
            self.written.push_str(&self.xml[self.copied..end]);
            self.copied = end;
        }
    }

    /// The prefix of an element's name, with its colon.
    fn prefix_of(&self, element: Node) -> &str {
        let tag = &self.xml[element.range().start + 1..];
        &tag[..tag.find(name(element)).unwrap_or(0)]
    }
}

/// The form that Word shows: the first that needs nothing it does not know, unless text stands in another only.
fn shown_form<'a, 'x>(forms: Node<'a, 'x>) -> Option<Node<'a, 'x>> {
    let of_name = |wanted: &'static str| forms.children().filter(move |form| name(*form) == wanted);
    let known = of_name("Choice").filter(is_known).chain(of_name("Fallback"));
    let with_text = known.clone().chain(of_name("Choice")).find(|form| find(*form, "t").is_some());
    with_text.or_else(|| known.clone().next())
}

fn is_known(form: &Node) -> bool {
    attribute(*form, "Requires").unwrap_or_default().split_whitespace().all(|prefix| {
        form.lookup_namespace_uri(Some(prefix))
            .is_some_and(|namespace| KNOWN_NAMESPACES.iter().any(|known| namespace.starts_with(known)))
    })
}
