//! What a file calls its pages (ISO 32000-1, 12.4.2).

use std::collections::BTreeMap;

use pdf_extract::{Dictionary, Document};
use text::{letters, roman};

use super::lookup::{
    as_dictionary, catalog_of, get, get_array, get_dictionary, get_integer, get_name, number, resolve,
    text as text_of,
};

/// Number trees nest no deeper; damaged ones lead in circles.
const DEEPEST: usize = 32;

/// The label of each page that the file gives one.
pub(super) fn labels_of(document: &Document, pages: usize) -> Vec<Option<String>> {
    let mut ranges = BTreeMap::new();
    let tree = catalog_of(document).and_then(|catalog| get_dictionary(document, catalog, b"PageLabels"));
    if let Some(tree) = tree {
        collect(document, tree, 0, &mut ranges);
    }
    let label = |page: usize| {
        let (first, range) = ranges.range(..=page).next_back()?;
        Some(label(document, range, page - first)).filter(|label| !label.is_empty())
    };
    (0..pages).map(label).collect()
}

/// The ranges below a node of the tree, by the first page of each, counted from 0.
fn collect<'a>(
    document: &'a Document,
    node: &'a Dictionary,
    depth: usize,
    ranges: &mut BTreeMap<usize, &'a Dictionary>,
) {
    for [first, range] in get_array(document, node, b"Nums").unwrap_or_default().as_chunks::<2>().0 {
        let first = resolve(document, first).and_then(number);
        if let (Some(first), Some(range)) = (first, resolve(document, range).and_then(as_dictionary)) {
            ranges.insert(first as usize, range);
        }
    }
    for kid in get_array(document, node, b"Kids").filter(|_| depth < DEEPEST).unwrap_or_default() {
        if let Some(kid) = resolve(document, kid).and_then(as_dictionary) {
            collect(document, kid, depth + 1, ranges);
        }
    }
}

/// That of a page so many behind the first of its range.
fn label(document: &Document, range: &Dictionary, behind: usize) -> String {
    let prefix = get(document, range, b"P").and_then(text_of).unwrap_or_default();
    let start = get_integer(document, range, b"St").and_then(|start| u32::try_from(start).ok()).unwrap_or(1);
    let number = start.saturating_add(u32::try_from(behind).unwrap_or(u32::MAX));
    let counted = match get_name(document, range, b"S") {
        Some(b"D") => number.to_string(),
        Some(b"r") => roman(number),
        Some(b"R") => roman(number).to_uppercase(),
        Some(b"a") => letters(number),
        Some(b"A") => letters(number).to_uppercase(),
        _ => String::new(),
    };
    format!("{prefix}{counted}")
}

#[cfg(test)]
mod tests {
    use pdf_extract::{Object, dictionary};

    use super::*;

    #[test]
    fn each_range_counts_in_its_own_way() {
        let mut document = Document::with_version("1.7");
        let range = |style: &str, prefix: &str, start: i64| {
            Object::from(dictionary! {
                "S" => style, "P" => Object::string_literal(prefix), "St" => start,
            })
        };
        let front: Vec<Object> =
            vec![0.into(), dictionary! { "P" => Object::string_literal("Cover") }.into()];
        let body =
            vec![1.into(), range("r", "", 4), 3.into(), range("D", "", 9), 5.into(), range("A", "App-", 1)];
        let kids = [front, body].map(|nums| Object::from(dictionary! { "Nums" => nums }));
        let catalog = dictionary! { "PageLabels" => dictionary! { "Kids" => kids.to_vec() } };
        let catalog = document.add_object(catalog);
        document.trailer.set("Root", catalog);
        let labels: Vec<String> = labels_of(&document, 7).into_iter().flatten().collect();
        assert_eq!(labels, ["Cover", "iv", "v", "9", "10", "App-A", "App-B"]);
        assert_eq!(labels_of(&Document::with_version("1.7"), 2), [None, None]);
    }
}
