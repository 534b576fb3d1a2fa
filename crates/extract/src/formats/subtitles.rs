//! Subtitles (SubRip and WebVTT): what is said in paragraphs, each with the time at which it begins.

use super::decoding::decode;
use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, PageSink, Source};
use crate::{BlockKind, ExtractError};

pub(super) const EXTENSIONS: &[&str] = &["srt", "vtt"];

/// Parts the times at which a text appears and goes.
const ARROW: &str = " --> ";

pub(super) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let decoded = decode(source.bytes);
    let mut writer = PageWriter::new(sink).with_quality(decoded.quality());
    let mut paragraph = String::new();
    let mut lines = decoded.text.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((start, _)) = line.split_once(ARROW) else { continue };
        let mut said = Vec::new();
        while let Some(line) = lines.next_if(|line| !line.trim().is_empty()) {
            said.push(without_tags(line));
        }
        if paragraph.is_empty() {
            let start = start.trim().split(['.', ',']).next().unwrap_or_default();
            paragraph = format!("[{start}]");
        }
        paragraph.push(' ');
        paragraph.push_str(&on_one_line(&said.join(" ")));
        // Sentences go on from one text to the next.
        if paragraph
            .ends_with(['.', '?', '!', '\u{2026}', '"', '\u{201d}', '\u{3002}', '\u{ff1f}', '\u{ff01}'])
        {
            writer.push(BlockKind::Paragraph, &std::mem::take(&mut paragraph));
        }
    }
    writer.push(BlockKind::Paragraph, &paragraph);
    writer.finish();
    Ok(DocumentInfo { warnings: decoded.warnings, ..DocumentInfo::default() })
}

/// A line without the tags for its looks, as in `<i>so</i>` and `{\an8}`.
fn without_tags(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    let mut rest = line;
    while let Some(at) = rest.find(['<', '{']) {
        let (open, close) = if rest[at..].starts_with('<') { ("<", '>') } else { ("{\\", '}') };
        let end = rest[at..].find(close).filter(|_| rest[at..].starts_with(open));
        text.push_str(&rest[..at + usize::from(end.is_none())]);
        rest = &rest[end.map_or(at + 1, |end| at + end + 1)..];
    }
    text + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_is_read_in_sentences() {
        let file = "WEBVTT\n\nNOTE made by hand\n\n1\n00:00:01.000 --> 00:00:04.000 line:0\n<v Ada>The pump stopped at\n\n\
            2\n00:00:04.500 --> 00:00:06.000\n{\\an8}14:07 in the <i>night</i>.\n\n3\n00:01:00,000 --> 00:01:02,000\n1 < 2 {so}\n";
        let mut pages = Vec::new();
        read(&Source::new(file.as_bytes(), "vtt"), &mut |page| pages.push(page)).unwrap();
        assert_eq!(
            pages[0].text,
            "[00:00:01] The pump stopped at 14:07 in the night.\n\n[00:01:00] 1 < 2 {so}"
        );
    }
}
