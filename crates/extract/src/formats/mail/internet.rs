//! Messages as they travel (eml), alone or one after the other in a mailbox (mbox).

use std::borrow::Cow;
use std::io::Cursor;

use mail_parser::mailbox::mbox::MessageIterator;
use mail_parser::{Address, DateTime, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Attachment, Body, Letter};
use crate::ExtractError;
use crate::formats::page_writer::PageWriter;
use crate::formats::{DocumentInfo, PageSink, Source, text};

pub(in crate::formats) const EXTENSIONS: &[&str] = &["eml", "mbox", "mbx"];

/// Where the first fields of a head stand.
const HEAD_WITHIN: usize = 4096;

/// Fields that programs put into each message. Two of them at the beginning make a file a message; people write
/// "From:" and "Subject:" into notes as well.
const USUAL_FIELDS: [&str; 9] = [
    "received",
    "return-path",
    "message-id",
    "mime-version",
    "delivered-to",
    "date",
    "content-type",
    "from",
    "x-mailer",
];

/// The line in front of each message of a mailbox.
const MAILBOX_LINE: &[u8] = b"From ";

pub(in crate::formats) fn recognises(bytes: &[u8]) -> bool {
    let head = &bytes[..bytes.len().min(HEAD_WITHIN)];
    let head = text::decode(head).0;
    let mut lines = head.lines();
    if bytes.starts_with(MAILBOX_LINE) {
        lines.next();
    }
    let mut usual = 0;
    for line in lines.take_while(|line| !line.trim().is_empty()) {
        if line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((field, _)) = line.split_once(':') else { break };
        if field.is_empty() || !field.bytes().all(|byte| byte.is_ascii_graphic()) {
            break;
        }
        usual += usize::from(USUAL_FIELDS.contains(&field.to_lowercase().as_str()));
    }
    usual >= 2
}

pub(in crate::formats) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let bytes = in_bytes_of_ascii(source.bytes);
    let mut writer = PageWriter::new(sink);
    let mut info = DocumentInfo::default();
    if bytes.starts_with(MAILBOX_LINE) {
        for message in MessageIterator::new(Cursor::new(&bytes)) {
            let message = message.map_err(|_| ExtractError::damaged("the mailbox breaks off"))?;
            if let Some(letter) = letter_of(message.contents()) {
                letter.write(source.depth, &mut writer, &mut info);
            }
        }
    } else if let Some(letter) = letter_of(&bytes) {
        letter.write(source.depth, &mut writer, &mut info);
        info.title = info.outline.first().map(|entry| entry.title.clone());
    }
    if writer.page_number() == 1 {
        return text::read(source, writer.into_sink());
    }
    Ok(info)
}

/// Messages are ASCII, or a superset of it; some programs save them in UTF-16.
fn in_bytes_of_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes.contains(&0) { text::decode(bytes).0.into_bytes().into() } else { bytes.into() }
}

fn letter_of(bytes: &[u8]) -> Option<Letter> {
    let message = MessageParser::default().parse(bytes).filter(|message| !message.headers().is_empty())?;
    let date = message.date().map(DateTime::to_rfc822).or(message.header_raw("Date").map(str::to_owned));
    let body = bodies(message.html_bodies());
    Some(Letter {
        subject: message.subject().unwrap_or_default().to_owned(),
        head: vec![
            ("From", addresses(message.from())),
            ("To", addresses(message.to())),
            ("Cc", addresses(message.cc())),
            ("Date", date.unwrap_or_default()),
        ],
        body: if body.is_empty() { bodies(message.text_bodies()) } else { body },
        attachments: message.attachments().map(attachment_of).collect(),
    })
}

fn bodies<'a>(parts: impl Iterator<Item = &'a MessagePart<'a>>) -> Vec<Body> {
    let body_of = |part: &MessagePart| match &part.body {
        PartType::Html(html) => Some(Body::Html(html.to_string())),
        PartType::Text(text) => Some(Body::Plain(text.to_string())),
        _ => None,
    };
    parts.filter_map(body_of).collect()
}

fn attachment_of(part: &MessagePart) -> Attachment {
    let (bytes, kind) = match &part.body {
        PartType::Message(inner) => {
            let (start, end) = (inner.root_part().offset_header, inner.root_part().offset_end);
            (inner.raw_message.get(start as usize..end as usize).unwrap_or_default(), "message.eml")
        }
        _ => (part.contents(), "attachment"),
    };
    let is_inline = matches!(part.body, PartType::InlineBinary(_)) || part.content_id().is_some();
    Attachment { name: part.attachment_name().unwrap_or(kind).to_owned(), bytes: bytes.to_vec(), is_inline }
}

fn addresses(field: Option<&Address>) -> String {
    let Some(field) = field else { return String::new() };
    let addresses = field.iter().map(|address| match (address.name(), address.address()) {
        (Some(name), Some(address)) => format!("{name} <{address}>"),
        (name, address) => name.or(address).unwrap_or_default().to_owned(),
    });
    addresses.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_told_from_notes() {
        assert!(recognises(b"Received: by x;\r\n Mon\r\nMessage-ID: <1@x>\r\nSubject: Tar\r\n\r\nHello"));
        assert!(recognises(
            b"From light@x Mon May  5 10:00:00 2025\nFrom: light@x\nDate: Mon, 5 May 2025\n\nHello"
        ));
        assert!(!recognises(b"From: the harbour\nSubject: tar\n\nWe need more."));
        assert!(!recognises(b"From the harbour one sees the light."));
    }
}
