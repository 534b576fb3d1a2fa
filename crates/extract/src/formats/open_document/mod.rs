//! OpenDocument: texts, presentations and sheets, as LibreOffice writes them.

mod content;
mod inline;

mod sheets;
mod slides;
mod styles;
mod table;

use roxmltree::Node;

use self::content::ContentWriter;
use self::styles::Styles;
use super::package::{self, Package};
use super::page_writer::{PageWriter, on_one_line};
use super::xml_tree::{find, parse, text_of};
use super::{DocumentInfo, PageSink, Source};
use crate::ExtractError;

pub(super) const EXTENSIONS: &[&str] = &["odt", "ott", "odp", "otp", "ods", "ots"];

pub(super) fn recognises(bytes: &[u8]) -> bool {
    match package::media_type(bytes) {
        Some(media_type) => ["text", "presentation", "spreadsheet"]
            .iter()
            .any(|kind| media_type.starts_with(&format!("application/vnd.oasis.opendocument.{kind}"))),
        // Some programs leave it out.
        None => Package::open(bytes).is_ok_and(|package| {
            package.has_part("content.xml") && package.has_part("META-INF/manifest.xml")
        }),
    }
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let mut package = Package::open(source.bytes)?;
    if package.text_part("META-INF/manifest.xml").is_ok_and(|manifest| manifest.contains("encryption-data")) {
        return Err(ExtractError::CannotUnlock);
    }
    let content = package.text_part("content.xml")?;
    let content = parse(&content)?;
    let body = find(content.root(), "body").ok_or_else(|| ExtractError::damaged("it has no body"))?;
    let style_sheet = package.text_part("styles.xml").unwrap_or_default();
    let style_sheet = parse(&style_sheet).ok();
    let styles = Styles::of(style_sheet.iter().map(|sheet| sheet.root()).chain([content.root()]));

    let mut writer = PageWriter::new(sink);
    let mut info = DocumentInfo { title: title(&mut package), ..DocumentInfo::default() };
    for part in body.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "text" => {
                let mut text = ContentWriter::new(&mut writer, &styles);
                text.write_children(part);
                text.write_notes();
            }
            "presentation" => info.outline = slides::write(part, &styles, &mut writer),
            "spreadsheet" => info.outline = sheets::write(part, &mut writer),
            _ => {}
        }
    }
    writer.finish();
    Ok(info)
}

fn title(package: &mut Package) -> Option<String> {
    let meta = package.text_part("meta.xml").ok()?;
    let meta = parse(&meta).ok()?;
    let title = on_one_line(&text_of(find(meta.root(), "title")?));
    (!title.is_empty()).then_some(title)
}
