//! XML of any kind: documents as paragraphs, data as names and values.

use roxmltree::Node;

use super::decoding::{Decoded, decode, decode_declared};
use super::page_writer::{PageWriter, on_one_line};
use super::xml_tree::{name, parse, text_of};
use super::{DocumentInfo, PageSink, Source, html};
use crate::{BlockKind, ExtractError, Warning};

pub(super) const EXTENSIONS: &[&str] =
    &["xml", "xsd", "xsl", "rss", "atom", "svg", "dbk", "fb2", "plist", "opml"];

/// Declarations stand within the first bytes.
const DECLARED_WITHIN: usize = 256;

/// Elements that hold a heading in the usual document types.
const HEADINGS: [&str; 6] = ["title", "head", "heading", "caption", "article-title", "subtitle"];

/// Attributes that hold words, such as those of an outline; others hold measures, references and the like.
const WORDS: [&str; 6] = ["text", "title", "name", "label", "description", "caption"];

/// Longer ones are texts that only have such a name.
const LONGEST_HEADING: usize = 2000;

/// Elements that hold a paragraph in the usual document types.
const PARAGRAPHS: [&str; 4] = ["p", "para", "v", "text"];

/// A value of data is shorter; longer texts stand for themselves.
const LONGEST_VALUE: usize = 120;

pub(super) fn recognises(bytes: &[u8]) -> bool {
    let head = decode(&bytes[..bytes.len().min(DECLARED_WITHIN)]).text;
    head.trim_start().starts_with("<?xml")
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode_declared(source.bytes, html::declared_encoding(source.bytes));
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let Decoded { text: xml, mut warnings } = decoded;
    match parse(&xml) {
        Ok(document) => write(document.root_element(), 1, &mut writer),
        // Entities may be what is wrong, and they are not text.
        Err(reason) if xml.contains("<!ENTITY") => return Err(reason),
        Err(reason) => {
            warnings.push(Warning::StructureLost { reason });
            html::write(&xml, &mut writer);
        }
    }
    writer.finish();
    Ok(DocumentInfo { warnings, ..DocumentInfo::default() })
}

/// Writes an element: a record of values, a text with marks in it, or what its children are.
fn write(element: Node, level: u8, writer: &mut PageWriter) {
    let children = || element.children().filter(Node::is_element);
    let is_title = is_heading(element) && element.range().len() < LONGEST_HEADING;
    if is_title || children().next().is_none() || has_text_of_its_own(element) {
        if is_title {
            writer.push(BlockKind::Heading { level }, &on_one_line(&text_of(element)));
        } else {
            writer.push(BlockKind::Paragraph, &line_of(element));
        }
    } else if children().all(|child| child.children().all(|inner| !inner.is_element()))
        && !children().any(is_heading)
    {
        let lines = attributes_of(element).into_iter().chain(children().map(line_of));
        let lines: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
        writer.push(BlockKind::Paragraph, &lines.join("\n"));
    } else {
        writer.push(BlockKind::Paragraph, &attributes_of(element).unwrap_or_default());
        for child in children() {
            write(child, (level + 1).min(6), writer);
        }
    }
}

fn has_text_of_its_own(element: Node) -> bool {
    element
        .children()
        .any(|child| child.is_text() && child.text().is_some_and(|text| !text.trim().is_empty()))
}

fn is_heading(element: Node) -> bool {
    HEADINGS.contains(&name(element).to_lowercase().as_str())
}

/// What an element with others in it says in attributes, as "name: attribute value".
fn attributes_of(element: Node) -> Option<String> {
    let attributes = element.attributes().filter(|attribute| WORDS.contains(&attribute.name()));
    let attributes = attributes.map(|attribute| format!("{} {}", attribute.name(), attribute.value()));
    let attributes = attributes.collect::<Vec<_>>().join(", ");
    (!attributes.is_empty()).then(|| format!("{}: {attributes}", name(element)))
}

/// Whether text is bytes written in letters, such as the pictures of a book.
fn is_packed(text: &str) -> bool {
    const LONGEST_WORDS: usize = 60;
    text.len() > 1000 && text.is_ascii() && text.len() / text.split(' ').count() > LONGEST_WORDS
}

/// An element without elements of its own, as "name: value".
fn line_of(element: Node) -> String {
    let text = on_one_line(&text_of(element));
    if text.is_empty() {
        let attributes =
            element.attributes().map(|attribute| format!("{} {}", attribute.name(), attribute.value()));
        let attributes = attributes.collect::<Vec<_>>().join(", ");
        return if attributes.is_empty() { attributes } else { format!("{}: {attributes}", name(element)) };
    }
    if is_packed(&text) {
        return String::new();
    }
    if text.len() > LONGEST_VALUE
        || PARAGRAPHS.contains(&name(element))
        || has_text_of_its_own(element) && element.children().any(|child| child.is_element())
    {
        return text;
    }
    format!("{}: {text}", name(element))
}
