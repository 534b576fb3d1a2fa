//! Messages as they travel (eml), alone or one after the other in a mailbox (mbox).

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Address, DateTime, Encoding, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::{Attachment, Body, Letter, charsets, flowed, head, mailbox};
use crate::formats::decoding::{Decoded, decode};
use crate::formats::html::declared_encoding;
use crate::formats::page_writer::PageWriter;
use crate::formats::{DocumentInfo, PageSink, Source, text};
use crate::{ExtractError, Warning};

/// Web pages that a browser saved with their pictures (mhtml) are messages as well, and so are those of Apple's Mail.
pub(in crate::formats) const EXTENSIONS: &[&str] = &["eml", "mbox", "mbx", "emlx", "mht", "mhtml"];

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

pub(in crate::formats) fn recognises(bytes: &[u8]) -> bool {
    let head = without_length(bytes);
    let head = decode(&head[..head.len().min(HEAD_WITHIN)]).text;
    let mut lines = head.lines().peekable();
    lines.next_if(|line| mailbox::begins_message(line.as_bytes()));
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
    let bytes = in_bytes_of_ascii(without_length(source.bytes));
    let mut writer = PageWriter::new(sink);
    let mut info = DocumentInfo::default();
    if mailbox::begins_message(&bytes) {
        for message in mailbox::messages(&bytes) {
            if let Some(letter) = letter_of(&message) {
                writer = letter.write(source.depth, writer, &mut info);
            }
        }
    } else if let Some(letter) = letter_of(&bytes) {
        writer = letter.write(source.depth, writer, &mut info);
        info.title = info.outline.first().map(|entry| entry.title.clone());
    }
    if writer.page_number() == 1 {
        return text::read(source, writer.into_sink());
    }
    Ok(info)
}

/// Apple's Mail writes the message's length in front of it.
fn without_length(bytes: &[u8]) -> &[u8] {
    let digits = bytes.iter().take_while(|byte| byte.is_ascii_digit()).count();
    let rest = bytes[digits..].trim_ascii_start();
    let length = std::str::from_utf8(&bytes[..digits]).ok().and_then(|length| length.parse().ok());
    length.map_or(bytes, |length: usize| &rest[..length.min(rest.len())])
}

/// Messages are ASCII, or a superset of it; some programs save them in UTF-16.
fn in_bytes_of_ascii(bytes: &[u8]) -> Cow<'_, [u8]> {
    if bytes[..bytes.len().min(64)].contains(&0) {
        decode(bytes).text.into_bytes().into()
    } else {
        bytes.into()
    }
}

fn letter_of(bytes: &[u8]) -> Option<Letter> {
    let bytes = head::in_unicode(bytes);
    let message =
        MessageParser::default().parse(bytes.as_ref()).filter(|message| !message.headers().is_empty())?;
    let date = message.date().map(DateTime::to_rfc822).or(message.header_raw("Date").map(str::to_owned));
    let mut warnings = Vec::new();
    let mut bodies = |parts: &mut dyn Iterator<Item = &MessagePart>| -> Vec<Body> {
        parts.filter_map(|part| body_of(part, &message, &mut warnings)).collect()
    };
    let html = bodies(&mut message.html_bodies());
    Some(Letter {
        subject: message.subject().unwrap_or_default().to_owned(),
        head: vec![
            ("From", addresses(message.from())),
            ("To", addresses(message.to())),
            ("Cc", addresses(message.cc())),
            ("Date", date.unwrap_or_default()),
        ],
        body: if html.is_empty() { bodies(&mut message.text_bodies()) } else { html },
        attachments: message
            .attachments()
            .filter(|part| !dresses_a_page(part))
            .map(|part| attachment_of(part, &message))
            .collect(),
        warnings,
    })
}

fn body_of(part: &MessagePart, message: &Message, warnings: &mut Vec<Warning>) -> Option<Body> {
    let is_html = match part.body {
        PartType::Html(_) => true,
        PartType::Text(_) => false,
        _ => return None,
    };
    let Decoded { text, warnings: found } = decoded(part, message);
    warnings.extend(found);
    if is_html {
        return Some(Body::Html(text));
    }
    let says = |name: &str, value: &str| {
        attribute(part, name).is_some_and(|attribute| attribute.eq_ignore_ascii_case(value))
    };
    Some(Body::Plain(if says("format", "flowed") {
        flowed::joined(&text, says("delsp", "yes"))
    } else {
        text
    }))
}

/// The text of a part, in the character set that its head or the text itself names.
fn decoded(part: &MessagePart, message: &Message) -> Decoded {
    let bytes = bytes_of(part, message);
    let in_text = matches!(part.body, PartType::Html(_)).then(|| declared_encoding(&bytes)).flatten();
    charsets::decode(&bytes, attribute(part, "charset"), in_text)
}

/// What a part holds, before any character set.
fn bytes_of<'a>(part: &'a MessagePart, message: &'a Message) -> Cow<'a, [u8]> {
    let raw =
        message.raw_message().get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let unpacked = match part.encoding {
        Encoding::None => return raw.into(),
        Encoding::QuotedPrintable => quoted_printable_decode(raw),
        Encoding::Base64 => base64_decode(raw),
    };
    unpacked.map_or(part.contents().into(), Cow::Owned)
}

fn attribute<'a>(part: &'a MessagePart, name: &str) -> Option<&'a str> {
    part.content_type()?.attribute(name)
}

/// Whether a part is there for the looks of a saved page.
fn dresses_a_page(part: &MessagePart) -> bool {
    part.content_location().is_some()
        && part.content_type().and_then(|kind| kind.subtype()).is_some_and(|kind| {
            ["css", "javascript", "x-javascript"].iter().any(|dress| kind.eq_ignore_ascii_case(dress))
        })
}

fn attachment_of(part: &MessagePart, message: &Message) -> Attachment {
    let (bytes, kind) = match &part.body {
        PartType::Message(inner) => {
            let (start, end) = (inner.root_part().offset_header, inner.root_part().offset_end);
            let bytes = inner.raw_message.get(start as usize..end as usize).unwrap_or_default();
            (bytes.to_vec(), "message.eml")
        }
        // Its own reader guesses what is not named, and says so.
        PartType::Text(_) | PartType::Html(_) if attribute(part, "charset").is_some() => {
            let decoded = decoded(part, message);
            let is_sure = decoded.warnings.is_empty();
            let bytes =
                if is_sure { decoded.text.into_bytes() } else { bytes_of(part, message).into_owned() };
            (bytes, "attachment")
        }
        PartType::Text(_) | PartType::Html(_) => (bytes_of(part, message).into_owned(), "attachment"),
        _ => (part.contents().to_vec(), "attachment"),
    };
    let is_inline = matches!(part.body, PartType::InlineBinary(_))
        || part.content_id().is_some()
        || part.content_location().is_some();
    Attachment { name: name_of(part, message).unwrap_or_else(|| kind.to_owned()), bytes, is_inline }
}

/// An attachment's name, in Unicode as the head of a message is.
fn name_of(part: &MessagePart, message: &Message) -> Option<String> {
    let head = message.raw_message().get(part.offset_header as usize..part.offset_body as usize)?;
    let head = head::in_unicode(head);
    let read = MessageParser::default().parse(head.as_ref());
    let name = read.as_ref().and_then(|read| read.root_part().attachment_name());
    name.or(part.attachment_name()).map(str::to_owned)
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
