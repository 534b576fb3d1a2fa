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
use super::decoding::{decode, decode_declared};
use super::html::declared_encoding;
use super::package::{self, Package};
use super::page_writer::{PageWriter, on_one_line};
use super::xml_tree::{find, parse, text_of};
use super::{DocumentInfo, PageSink, Source};
use crate::ExtractError;

pub(super) const EXTENSIONS: &[&str] = &["odt", "ott", "odp", "otp", "ods", "ots"];

/// Of documents that are one XML file.
pub(super) const FLAT_EXTENSIONS: &[&str] = &["fodt", "fods", "fodp"];

/// The root stands within the first bytes.
const ROOT_WITHIN: usize = 2048;

pub(super) fn recognises_flat(bytes: &[u8]) -> bool {
    let head = decode(&bytes[..bytes.len().min(ROOT_WITHIN)]).text;
    head.trim_start().starts_with('<') && head.contains("<office:document ")
}

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
    let style_sheet = package.text_part("styles.xml").unwrap_or_default();
    let style_sheet = parse(&style_sheet).ok();
    let styles = Styles::of(style_sheet.iter().map(|sheet| sheet.root()).chain([content.root()]));

    let meta = package.text_part("meta.xml").unwrap_or_default();
    let title = parse(&meta).ok().and_then(|meta| title(meta.root()));
    write(content.root(), &styles, title, PageWriter::new(sink))
}

/// Reads a document that is one XML file.
pub(super) fn read_flat(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode_declared(source.bytes, declared_encoding(source.bytes));
    let document = parse(&decoded.text)?;
    let styles = Styles::of([document.root()].into_iter());
    let title = find(document.root(), "meta").and_then(title);
    let writer = PageWriter::new(sink).with_quality(decoded.quality());
    let info = write(document.root(), &styles, title, writer)?;
    Ok(DocumentInfo { warnings: decoded.warnings, ..info })
}

fn write(
    document: Node,
    styles: &Styles,
    title: Option<String>,
    mut writer: PageWriter,
) -> Result<DocumentInfo, ExtractError> {
    let body = find(document, "body").ok_or_else(|| ExtractError::damaged("it has no body"))?;
    let mut info = DocumentInfo { title, ..DocumentInfo::default() };
    for part in body.children().filter(Node::is_element) {
        match part.tag_name().name() {
            "text" => {
                let mut text = ContentWriter::new(&mut writer, styles);
                text.write_children(part);
                text.write_notes();
            }
            "presentation" => info.outline = slides::write(part, styles, &mut writer),
            "spreadsheet" => info.outline = sheets::write(part, &mut writer),
            _ => {}
        }
    }
    writer.finish();
    Ok(info)
}

fn title(meta: Node) -> Option<String> {
    let title = on_one_line(&text_of(find(meta, "title")?));
    (!title.is_empty()).then_some(title)
}
