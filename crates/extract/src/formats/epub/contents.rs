//! A book's own table of contents.

use std::collections::HashMap;

use roxmltree::Node;

use crate::OutlineEntry;
use crate::formats::package::Package;
use crate::formats::page_writer::on_one_line;
use crate::formats::xml_tree::{attribute, find, name, parse, text_of};

/// The entries of the navigation document (EPUB 3) or of the NCX file (EPUB 2); none where both are damaged.
pub(super) fn outline(
    package: &mut Package,
    book_path: &str,
    manifest: &HashMap<&str, Node>,
    first_pages: &HashMap<String, u32>,
) -> Vec<OutlineEntry> {
    let is_contents = |item: &&Node| {
        attribute(**item, "properties")
            .is_some_and(|properties| properties.split(' ').any(|word| word == "nav"))
            || attribute(**item, "media-type") == Some("application/x-dtbncx+xml")
    };
    let paths = manifest.values().filter(is_contents).filter_map(|item| attribute(*item, "href"));
    let outlines = paths.filter_map(|href| {
        let path = resolved(book_path, href);
        let contents = package.text_part(&path).ok()?;
        let contents = parse(&contents).ok()?;
        let mut outline = Vec::new();
        collect(contents.root(), 0, &mut outline, &|href| first_pages.get(&resolved(&path, href)).copied());
        Some(outline)
    });
    outlines.max_by_key(Vec::len).unwrap_or_default()
}

/// Entries are `navPoint` elements in one format and items with links in the other; depth is their nesting.
fn collect(node: Node, level: u8, outline: &mut Vec<OutlineEntry>, page_of: &dyn Fn(&str) -> Option<u32>) {
    for child in node.children() {
        let (label, href) = match name(child) {
            "navPoint" => {
                let label = find(child, "navLabel").map(text_of);
                (label, find(child, "content").and_then(|content| attribute(content, "src")))
            }
            "li" => {
                let link = child.children().find(|link| name(*link) == "a");
                (link.map(text_of), link.and_then(|link| attribute(link, "href")))
            }
            "nav" if attribute(child, "type") != Some("toc") => continue,
            _ => {
                collect(child, level, outline, page_of);
                continue;
            }
        };
        let level = level.saturating_add(1).min(6);
        if let (Some(label), Some(page)) = (label, href.and_then(page_of)) {
            outline.push(OutlineEntry { title: on_one_line(&label), level, page });
        }
        collect(child, level, outline, page_of);
    }
}

/// The path in the archive that a link in the file `from` leads to, without its fragment.
pub(super) fn resolved(from: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut steps: Vec<&str> = from.split('/').collect();
    steps.pop();
    let href = percent_decoded(href);
    for step in href.split('/') {
        match step {
            "." | "" => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after.get(..2).and_then(|code| str::from_utf8(code).ok());
        match code.and_then(|code| u8::from_str_radix(code, 16).ok()).filter(|_| *first == b'%') {
            Some(byte) => {
                bytes.push(byte);
                rest = &after[2..];
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_to_parts_of_the_archive() {
        assert_eq!(resolved("OPS/book.opf", "text/one.xhtml#top"), "OPS/text/one.xhtml");
        assert_eq!(resolved("OPS/toc/nav.xhtml", "../a%20b.xhtml"), "OPS/a b.xhtml");
        assert_eq!(resolved("book.opf", "./100%.xhtml"), "100%.xhtml");
    }
}
