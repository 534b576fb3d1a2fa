//! How lists are counted.

use std::collections::HashMap;

use roxmltree::Node;

use crate::formats::page_writer::BULLET;
use crate::formats::xml_tree::{attribute, name};

/// The levels of each list style that have numbers.
pub(super) struct ListStyles<'a> {
    numbered: HashMap<(&'a str, usize), Numbering<'a>>,
}

struct Numbering<'a> {
    format: &'a str,
    prefix: &'a str,
    suffix: &'a str,
}

impl<'a> ListStyles<'a> {
    pub fn of<'x: 'a>(roots: impl Iterator<Item = Node<'a, 'x>>) -> Self {
        let mut numbered = HashMap::new();
        for style in roots.flat_map(|root| root.descendants()).filter(|node| name(*node) == "list-style") {
            let Some(style_name) = attribute(style, "name") else { continue };
            for level in style.children().filter(|level| name(*level) == "list-level-style-number") {
                let format = attribute(level, "num-format").unwrap_or_default();
                let number = attribute(level, "level").and_then(|number| number.parse().ok());
                if let Some(number) = number.filter(|_| !format.is_empty()) {
                    let prefix = attribute(level, "num-prefix").unwrap_or_default();
                    let suffix = attribute(level, "num-suffix").unwrap_or_default();
                    numbered.insert((style_name, number), Numbering { format, prefix, suffix });
                }
            }
        }
        Self { numbered }
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
