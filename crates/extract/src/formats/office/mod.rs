//! Word, Excel and PowerPoint: the formats of today and those of Office 97 to 2003, all read by `office_oxide`.

mod elements;
mod markers;
mod sheets;
mod slides;
mod word_parts;
mod xls_formats;
mod xlsx_cells;

use std::io::Cursor;

use office_oxide::doc::DocError;
use office_oxide::options::ParseOptions;
use office_oxide::ppt::PptError;
use office_oxide::xls::XlsError;
use office_oxide::{Document, DocumentFormat, DocumentIR, OfficeError};

use self::elements::ElementWriter;
use super::page_writer::{PAGE_END, PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source, compound, package};
use crate::{ExtractError, Warning};

pub(super) const EXTENSIONS: &[&str] = &[
    "docx", "docm", "dotx", "dotm", "doc", "dot", "xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "xlt",
    "pptx", "pptm", "potx", "potm", "ppsx", "ppsm", "ppt", "pps", "pot",
];

pub(super) fn recognises(bytes: &[u8]) -> bool {
    format_of(bytes).is_some() || compound::is_encrypted_package(bytes)
}

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    if compound::is_encrypted_package(source.bytes) {
        return Err(ExtractError::CannotUnlock);
    }
    let format = format_of(source.bytes)
        .or_else(|| DocumentFormat::from_extension(source.extension))
        .ok_or(ExtractError::UnknownFormat)?;
    let rewritten = (format == DocumentFormat::Docx).then(|| word_parts::rewritten(source.bytes)).flatten();
    let bytes = rewritten.unwrap_or_else(|| source.bytes.to_vec());
    let document = Document::from_reader_with(Cursor::new(bytes), format, &options()).map_err(reason)?;
    let mut writer = PageWriter::new(sink);
    let mut info = DocumentInfo::default();
    if let Some(workbook) = document.as_xlsx() {
        info.title = workbook.core_properties.as_ref().and_then(|properties| properties.title.clone());
        let unread = workbook.unreadable_sheets.iter();
        let unread =
            unread.map(|(name, why)| Warning::SheetNotRead { sheet: name.clone(), detail: why.clone() });
        info.warnings = unread.collect();
        info.outline = sheets::write_xlsx(workbook, &mut writer, &mut info.warnings);
    } else if let Some(workbook) = document.as_xls() {
        info.title = workbook.summary_properties().and_then(|properties| properties.title.clone());
        info.warnings = notices(workbook.notices());
        info.outline = sheets::write_xls(workbook, source.bytes, &mut writer);
    } else {
        let content = document.to_ir();
        info.title.clone_from(&content.metadata.title);
        info.warnings = notices(&content.metadata.warnings);
        if matches!(document.format(), DocumentFormat::Pptx | DocumentFormat::Ppt) {
            info.outline = slides::write(&content, document.as_pptx(), &mut writer);
        } else {
            write_text(&content, &mut writer);
        }
    }
    info.title =
        info.title.map(|title| on_one_line(&title.replace(PAGE_END, ""))).filter(|title| !title.is_empty());
    writer.finish();
    Ok(info)
}

fn notices(said: &[String]) -> Vec<Warning> {
    said.iter().map(|detail| Warning::OfficeNotice { detail: detail.clone() }).collect()
}

/// The library's own bounds, and the ones that hold for the parts of all archives.
fn options() -> ParseOptions {
    let mut options = ParseOptions::default();
    options.limits.part_bytes = package::LARGEST_PART;
    options.limits.inflate_ratio = package::LARGEST_RATIO;
    options
}

/// By the parts that the container holds.
fn format_of(bytes: &[u8]) -> Option<DocumentFormat> {
    if package::is_zip(bytes) {
        let package = package::Package::open(bytes).ok()?;
        let by_folder =
            [("word/", DocumentFormat::Docx), ("xl/", DocumentFormat::Xlsx), ("ppt/", DocumentFormat::Pptx)];
        return by_folder.into_iter().find(|(folder, _)| package.has_part(folder)).map(|(_, format)| format);
    }
    if is_bare_workbook(bytes) {
        return Some(DocumentFormat::Xls);
    }
    let streams = compound::streams(bytes);
    let by_stream = [
        ("PowerPoint Document", DocumentFormat::Ppt),
        ("WordDocument", DocumentFormat::Doc),
        ("Workbook", DocumentFormat::Xls),
        ("Book", DocumentFormat::Xls),
    ];
    by_stream
        .into_iter()
        .find(|(name, _)| streams.iter().any(|stream| stream == name))
        .map(|(_, format)| format)
}

/// Excel 2 to 4 wrote workbooks without a container: they begin with a record of kind 9 and of 4 to 16 bytes.
fn is_bare_workbook(bytes: &[u8]) -> bool {
    matches!(bytes, [0x09, 0x00 | 0x02 | 0x04, 4..=16, 0x00, ..])
}

/// A text has no pages until a program lays it out: those that Word noted, or one.
fn write_text(content: &DocumentIR, writer: &mut PageWriter) {
    let mut elements = ElementWriter::new(writer);
    for section in &content.sections {
        elements.write_all(&section.elements);
    }
    elements.write_notes();
}

fn reason(error: OfficeError) -> ExtractError {
    match error {
        OfficeError::Doc(DocError::Encrypted)
        | OfficeError::Ppt(PptError::Encrypted)
        | OfficeError::Xls(XlsError::Encrypted | XlsError::EncryptionNotSupported(_)) => {
            ExtractError::CannotUnlock
        }
        // The library's own words may quote the document.
        OfficeError::Panic(_) => ExtractError::damaged("its structure is broken"),
        error => ExtractError::damaged(error),
    }
}
