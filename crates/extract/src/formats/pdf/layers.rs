//! Layers (optional content): parts of pages that a document shows or hides together.

use std::collections::HashSet;

use pdf_extract::{Dictionary, Document, Object, ObjectId};

use super::lookup::{as_dictionary, catalog_of, get_array, get_dictionary, get_name, resolve};

/// Expressions nest no deeper than people write them.
const DEEPEST_EXPRESSION: usize = 16;

/// The layers that do not show when the document is opened.
#[derive(Default)]
pub(super) struct Layers {
    hidden: HashSet<ObjectId>,
}

impl Layers {
    pub fn of(document: &Document) -> Self {
        let properties =
            catalog_of(document).and_then(|catalog| get_dictionary(document, catalog, b"OCProperties"));
        let Some(properties) = properties else { return Self::default() };
        let Some(initial) = get_dictionary(document, properties, b"D") else { return Self::default() };
        let layers = |dictionary, key| {
            let listed = get_array(document, dictionary, key).unwrap_or_default();
            listed.iter().filter_map(|layer| layer.as_reference().ok()).collect::<HashSet<_>>()
        };
        let mut hidden = layers(initial, b"OFF");
        if get_name(document, initial, b"BaseState") == Some(b"OFF") {
            hidden.extend(&layers(properties, b"OCGs") - &layers(initial, b"ON"));
        }
        Self { hidden }
    }

    /// Whether what belongs to this layer, or to these by the rule of a membership dictionary, is hidden.
    pub fn hide(&self, document: &Document, membership: &Object) -> bool {
        !self.hidden.is_empty() && !self.is_shown(document, membership)
    }

    /// By the entry `OC` of a form or an annotation.
    pub fn hide_object(&self, document: &Document, object: &Dictionary) -> bool {
        object.get(b"OC").is_ok_and(|membership| self.hide(document, membership))
    }

    fn is_hidden(&self, layer: &Object) -> bool {
        layer.as_reference().is_ok_and(|layer| self.hidden.contains(&layer))
    }

    fn is_shown(&self, document: &Document, membership: &Object) -> bool {
        if self.is_hidden(membership) {
            return false;
        }
        let Some(rule) = resolve(document, membership).and_then(as_dictionary) else { return true };
        if let Some(expression) = get_array(document, rule, b"VE") {
            return self.holds(document, expression, 0);
        }
        let shown = |layer: &Object| !self.is_hidden(layer);
        let layers = match rule.get(b"OCGs") {
            Ok(layer @ Object::Reference(_)) if get_array(document, rule, b"OCGs").is_none() => {
                std::slice::from_ref(layer)
            }
            _ => get_array(document, rule, b"OCGs").unwrap_or_default(),
        };
        match get_name(document, rule, b"P") {
            _ if layers.is_empty() => true,
            Some(b"AllOn") => layers.iter().all(shown),
            Some(b"AnyOff") => !layers.iter().all(shown),
            Some(b"AllOff") => !layers.iter().any(shown),
            _ => layers.iter().any(shown),
        }
    }

    /// An expression begins with its operator.
    fn holds(&self, document: &Document, expression: &[Object], depth: usize) -> bool {
        let [operator, operands @ ..] = expression else { return true };
        let holds = |operand: &Object| match get_expression(document, operand) {
            Some(inner) if depth < DEEPEST_EXPRESSION => self.holds(document, inner, depth + 1),
            Some(_) => true,
            None => !self.is_hidden(operand),
        };
        match operator.as_name() {
            Ok(b"And") => operands.iter().all(holds),
            Ok(b"Or") => operands.iter().any(holds),
            Ok(b"Not") => !operands.iter().any(holds),
            _ => true,
        }
    }
}

fn get_expression<'a>(document: &'a Document, operand: &'a Object) -> Option<&'a [Object]> {
    resolve(document, operand)?.as_array().ok().map(Vec::as_slice)
}
