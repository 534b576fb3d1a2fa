//! TeX and LaTeX: the text that is printed, as far as it stands in the source. Formulas stay as they are written.

mod commands;
mod cursor;
mod reader;
mod symbols;

use self::reader::Reader;

pub(super) use self::reader::inline_text;

use super::decoding::decode;
use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source};
use crate::{BlockKind, ExtractError};

pub(super) const EXTENSIONS: &[&str] = &["tex", "latex", "ltx"];

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let tex = without_comments(&decoded.text);
    let (preamble, body) = tex.split_once("\\begin{document}").unwrap_or(("", &tex));
    let body = body.split_once("\\end{document}").map_or(body, |(body, _)| body);

    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let title = title_of(preamble).or_else(|| title_of(body));
    if let Some(title) = &title {
        writer.push(BlockKind::Heading { level: 1 }, title);
    }
    Reader::new(body, &mut writer).read();
    if writer.is_page_empty() && writer.page_number() == 1 {
        // Nothing but definitions: what is printed is the source.
        writer.push(BlockKind::Code, &tex);
    }
    writer.finish();
    Ok(DocumentInfo { title, warnings: decoded.warnings, ..DocumentInfo::default() })
}

fn title_of(tex: &str) -> Option<String> {
    let at = tex.find("\\title")?;
    let mut cursor = cursor::Cursor::new(&tex[at + "\\title".len()..]);
    cursor.skip_option();
    let title = on_one_line(&inline_text(cursor.argument()?));
    (!title.is_empty()).then_some(title)
}

/// A comment ends with its line; a percent sign behind a backslash begins none.
fn without_comments(tex: &str) -> String {
    let mut text = String::with_capacity(tex.len());
    for line in tex.split_inclusive('\n') {
        let mut escaped = false;
        let comment = line.char_indices().find(|(_, character)| {
            let begins = *character == '%' && !escaped;
            escaped = *character == '\\' && !escaped;
            begins
        });
        match comment {
            // A line that is nothing but a comment ends no paragraph.
            Some((at, _)) if line[..at].trim().is_empty() => {}
            Some((at, _)) => {
                text.push_str(&line[..at]);
                text.push('\n');
            }
            None => text.push_str(line),
        }
    }
    text
}
