//! XFA forms: a form that is kept as XML, for programs that draw it themselves. To all others its pages show nothing, or
//! a request to wait.

use std::collections::{HashMap, VecDeque};

use pdf_extract::Document;
use roxmltree::Node;

use super::filters::decoded;
use super::lookup::{catalog_of, get, get_dictionary, resolve};
use crate::formats::page_writer::on_one_line;
use crate::formats::xml_tree::{attribute, find, name, parse, text_of};

/// One line of a form: a field's caption with what was filled in, or a text by itself. Not both are empty.
pub(super) struct FormLine {
    label: String,
    value: String,
}

/// What a form shows, in its own order; nothing where the document has no such form.
pub(super) fn form_lines(document: &Document) -> Vec<FormLine> {
    let packets = packets_of(document);
    // One XML document in parts, or several.
    let whole = packets.concat();
    let documents = if parse(&whole).is_ok() { vec![whole] } else { packets };
    let trees: Vec<_> = documents.iter().filter_map(|xml| parse(xml).ok()).collect();
    let root_named = |wanted| trees.iter().find_map(|tree| find(tree.root(), wanted));
    let mut form = Form::default();
    if let Some(data) = root_named("datasets").and_then(|datasets| find(datasets, "data")) {
        form.fill_in(data);
    }
    if let Some(template) = root_named("template") {
        form.read(template, true);
    }
    form.finish()
}

fn packets_of(document: &Document) -> Vec<String> {
    let form = catalog_of(document).and_then(|catalog| get_dictionary(document, catalog, b"AcroForm"));
    let Some(xfa) = form.and_then(|form| get(document, form, b"XFA")) else { return Vec::new() };
    let parts = xfa.as_array().map_or_else(|_| vec![xfa], |parts| parts.iter().collect());
    let streams = parts.into_iter().filter_map(|part| resolve(document, part)?.as_stream().ok());
    streams.map(|stream| String::from_utf8_lossy(&decoded(document, stream)).into_owned()).collect()
}

#[derive(Default)]
struct Form {
    /// What was filled in, by the names of the fields, and the names in their order.
    values: HashMap<String, VecDeque<String>>,
    names: Vec<String>,
    lines: Vec<FormLine>,
}

impl Form {
    fn fill_in(&mut self, data: Node) {
        let leaves =
            data.descendants().filter(|node| node.is_element() && !node.children().any(|c| c.is_element()));
        for leaf in leaves {
            let value = on_one_line(&text_of(leaf));
            if !value.is_empty() {
                self.names.push(name(leaf).to_owned());
                self.values.entry(name(leaf).to_owned()).or_default().push_back(value);
            }
        }
    }

    fn read(&mut self, node: Node, is_visible: bool) {
        let is_visible =
            is_visible && !matches!(attribute(node, "presence"), Some("hidden" | "inactive" | "invisible"));
        let (label, value) = match name(node) {
            "field" => {
                let field = attribute(node, "name").unwrap_or_default();
                let filled_in = self.values.get_mut(field).and_then(VecDeque::pop_front);
                let caption = child(node, "caption").map(said).filter(|caption| !caption.is_empty());
                (caption.unwrap_or_else(|| field.to_owned()), filled_in.unwrap_or_else(|| said(node)))
            }
            "draw" => (String::new(), said(node)),
            _ => return node.children().for_each(|child| self.read(child, is_visible)),
        };
        if is_visible && !(label.is_empty() && value.is_empty()) {
            self.lines.push(FormLine { label, value });
        }
    }

    /// What was filled in and belongs to no field of the template follows under its own name.
    fn finish(mut self) -> Vec<FormLine> {
        for label in self.names {
            if let Some(value) = self.values.get_mut(&label).and_then(VecDeque::pop_front) {
                self.lines.push(FormLine { label, value });
            }
        }
        self.lines
    }
}

fn child<'a, 'x>(node: Node<'a, 'x>, wanted: &str) -> Option<Node<'a, 'x>> {
    node.children().find(|child| name(*child) == wanted)
}

/// The text in an element's value; pictures have none.
fn said(node: Node) -> String {
    let value = child(node, "value").filter(|value| child(*value, "image").is_none());
    let paragraphs = |value: Node| {
        let paragraphs: Vec<String> =
            value.descendants().filter(|node| name(*node) == "p").map(text_of).collect();
        if paragraphs.is_empty() { text_of(value) } else { paragraphs.join(" ") }
    };
    value.map_or_else(String::new, |value| on_one_line(&paragraphs(value)))
}

impl FormLine {
    /// Whether a page shows it already.
    pub fn stands_on(&self, page_text: &str) -> bool {
        page_text.contains(&self.label) && page_text.contains(&self.value)
    }

    pub fn text(&self) -> String {
        match (self.label.trim_end_matches(':'), self.value.as_str()) {
            (label, "") => label.to_owned(),
            ("", value) => value.to_owned(),
            (label, value) => format!("{label}: {value}"),
        }
    }
}
