//! Books in EPUB: a chapter is a page.

mod contents;

use std::collections::HashMap;

use roxmltree::Node;

use super::decoding::{decode_declared, is_text};
use super::package::{self, Package};
use super::page_writer::{PageWriter, on_one_line};
use super::xml_tree::{attribute, find, name, parse, text_of};
use super::{DocumentInfo, PageSink, Source, html};
use crate::{ExtractError, Warning};

pub(super) const EXTENSIONS: &[&str] = &["epub"];

const CONTAINER: &str = "META-INF/container.xml";

pub(super) fn recognises(bytes: &[u8]) -> bool {
    package::media_type(bytes).is_some_and(|media_type| media_type == "application/epub+zip")
        || (package::is_zip(bytes) && Package::open(bytes).is_ok_and(|package| package.has_part(CONTAINER)))
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let mut package = Package::open(source.bytes)?;
    let container = package.text_part(CONTAINER)?;
    let container = parse(&container)?;
    let path = find(container.root(), "rootfile").and_then(|file| attribute(file, "full-path"));
    let path = path.ok_or_else(|| ExtractError::damaged("it does not name its contents"))?.to_owned();
    let book = package.text_part(&path)?;
    let book = parse(&book)?;
    let manifest: HashMap<&str, Node> = (book.descendants())
        .filter(|node| name(*node) == "item")
        .filter_map(|item| Some((attribute(item, "id")?, item)))
        .collect();

    let mut writer = PageWriter::new(sink);
    let mut info = DocumentInfo {
        title: find(book.root(), "title")
            .map(|title| on_one_line(&text_of(title)))
            .filter(|title| !title.is_empty()),
        ..DocumentInfo::default()
    };
    let mut first_pages = HashMap::new();
    let spine = book.descendants().filter(|node| name(*node) == "itemref");
    for item in spine.filter_map(|reference| manifest.get(attribute(reference, "idref")?)) {
        let Some(chapter) = attribute(*item, "href").map(|href| contents::resolved(&path, href)) else {
            continue;
        };
        first_pages.insert(chapter.clone(), writer.page_number());
        if let Err(reason) = write_chapter(&mut package, &chapter, &mut writer) {
            if reason == ExtractError::CannotUnlock {
                return Err(reason);
            }
            info.warnings.push(Warning::ChapterNotRead { chapter, reason });
        }
    }
    writer.finish();
    info.outline = contents::outline(&mut package, &path, &manifest, &first_pages);
    Ok(info)
}

fn write_chapter(package: &mut Package, path: &str, writer: &mut PageWriter) -> Result<(), ExtractError> {
    let bytes = package.part(path)?;
    if !is_text(&bytes) {
        // Shops lock the chapters and leave the rest open.
        return Err(if package.has_part("META-INF/encryption.xml") {
            ExtractError::CannotUnlock
        } else {
            ExtractError::damaged("it is not text")
        });
    }
    let chapter = decode_declared(&bytes, html::declared_encoding(&bytes)).text;
    html::write(&chapter, writer);
    if !writer.is_page_empty() {
        writer.end_page();
    }
    Ok(())
}
