//! What styles say of structure: which paragraphs are headings, and how lists are counted.

use std::collections::HashMap;

use roxmltree::Node;

use crate::formats::page_writer::BULLET;
use crate::formats::xml_tree::{attribute, name};

/// Styles stand on each other at most so deep.
const MOST_PARENTS: usize = 10;

/// The styles of a document.
#[derive(Default)]
pub(super) struct Styles<'a> {
    /// By the style's name and the level in the list, for levels with numbers.
    numbered: HashMap<(&'a str, usize), Numbering<'a>>,
    /// What each paragraph style stands on.
    parents: HashMap<&'a str, &'a str>,
}

struct Numbering<'a> {
    format: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

impl<'a> Styles<'a> {
    pub fn of<'x: 'a>(roots: impl Iterator<Item = Node<'a, 'x>>) -> Self {
        let mut styles = Self::default();
        for node in roots.flat_map(|root| root.descendants()) {
            let Some(style_name) = attribute(node, "name") else { continue };
            match name(node) {
                "list-style" => styles.add_list(style_name, node),
                "style" => {
                    let parent = attribute(node, "parent-style-name").unwrap_or_default();
                    styles.parents.insert(style_name, parent);
                }
                _ => {}
            }
        }
        styles
    }

    fn add_list(&mut self, style_name: &'a str, style: Node<'a, '_>) {
        for level in style.children().filter(|level| name(*level) == "list-level-style-number") {
            let format = attribute(level, "num-format").unwrap_or_default();
            let number = attribute(level, "level").and_then(|number| number.parse().ok());
            if let Some(number) = number.filter(|_| !format.is_empty()) {
                let prefix = attribute(level, "num-prefix").unwrap_or_default();
                let suffix = attribute(level, "num-suffix").unwrap_or_default();
                self.numbered.insert((style_name, number), Numbering { format, prefix, suffix });
            }
        }
    }

    /// The level of a paragraph that only looks like a heading: by its style, or by what that stands on.
    pub fn heading_level(&self, paragraph: Node) -> Option<u8> {
        let style = attribute(paragraph, "style-name")?;
        let styles = std::iter::successors(Some(style), |style| self.parents.get(style).copied());
        styles.take(MOST_PARENTS).find_map(|style| match style.strip_prefix("Heading_20_") {
            Some(level) => level.parse().ok().filter(|level| (1..=6).contains(level)),
            None => (style == "Title").then_some(1),
        })
    }

    /// What stands in front of the item of this number; levels count from 1.
    pub fn marker(&self, style: &str, level: usize, number: usize) -> String {
        let Some(numbering) = self.numbered.get(&(style, level)) else { return BULLET.to_owned() };
        let counter = match (numbering.format, u8::try_from(number)) {
            ("a", Ok(letter @ 1..=26)) => char::from(b'a' + letter - 1).to_string(),
            ("A", Ok(letter @ 1..=26)) => char::from(b'A' + letter - 1).to_string(),
            _ => number.to_string(),
        };
        format!("{}{counter}{} ", numbering.prefix, numbering.suffix)
    }
}
