//! XML parsed into a tree, within bounds.

use roxmltree::{Document, Node, ParsingOptions};

use crate::ExtractError;

/// As many as a book of ten thousand pages has, in less than half of a worker's memory.
const MOST_NODES: u32 = 8_000_000;

/// Readers walk the tree by recursion.
const DEEPEST: usize = 10_000;

/// Parses well-formed XML. Entities of the file's own are expanded within the parser's bounds; outside ones never.
pub(super) fn parse(xml: &str) -> Result<Document<'_>, ExtractError> {
    let options = ParsingOptions { allow_dtd: true, nodes_limit: MOST_NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(xml, options).map_err(ExtractError::damaged)?;
    if is_too_deep(&document) {
        return Err(ExtractError::damaged(format_args!("it nests deeper than {DEEPEST} levels")));
    }
    Ok(document)
}

fn is_too_deep(document: &Document) -> bool {
    let mut depths = vec![0; document.descendants().count()];
    // A parent comes before its children.
    document.descendants().filter_map(|node| Some((node, node.parent()?))).any(|(node, parent)| {
        let depth = depths[parent.id().get_usize()] + 1;
        depths[node.id().get_usize()] = depth;
        depth > DEEPEST
    })
}

/// An attribute by its name without a prefix.
pub(super) fn attribute<'a>(node: Node<'a, '_>, name: &str) -> Option<&'a str> {
    node.attributes().find(|attribute| attribute.name() == name).map(|attribute| attribute.value())
}

/// The name of an element without its prefix; empty for text and comments.
pub(super) fn name<'a>(node: Node<'a, '_>) -> &'a str {
    node.tag_name().name()
}

/// The first element below of this name.
pub(super) fn find<'a, 'x>(node: Node<'a, 'x>, wanted: &str) -> Option<Node<'a, 'x>> {
    node.descendants().find(|node| name(*node) == wanted)
}

/// All text below, as it stands.
pub(super) fn text_of(node: Node) -> String {
    node.descendants().filter(Node::is_text).filter_map(|node| node.text()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn entities_do_not_explode() {
        let mut bomb = String::from("<!DOCTYPE a [<!ENTITY e0 \"ha\">");
        for level in 1..40 {
            bomb.push_str(&format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10)));
        }
        bomb.push_str("]><a>&e39;</a>");
        assert_eq!(parse(&bomb).unwrap_err().code(), "damaged");
        assert_eq!(text_of(parse("<!DOCTYPE a [<!ENTITY e \"ha\">]><a>&e;!</a>").unwrap().root()), "ha!");
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = format!("{}x{}", "<a>".repeat(20_000), "</a>".repeat(20_000));
        assert_eq!(parse(&deep).unwrap_err().code(), "damaged");
    }
}
