//! Messages: their heads, their bodies and what is attached to them.

mod charsets;
mod flowed;
mod head;
mod internet;
mod mailbox;
mod outlook;

pub(super) use internet::{EXTENSIONS, read, recognises};
pub(super) use outlook::{
    EXTENSIONS as OUTLOOK_EXTENSIONS, read as read_outlook, recognises as recognises_outlook,
};

use super::decoding::quality_after;
use super::page_writer::{PageWriter, on_one_line};
use super::{DocumentInfo, blocks, enclosed, html, rtf};
use crate::{BlockKind, OutlineEntry, Warning};

/// One message, wherever it comes from.
#[derive(Default)]
struct Letter {
    subject: String,
    /// "From", "To", "Date" and the like with their values, as a reader sees them.
    head: Vec<(&'static str, String)>,
    body: Vec<Body>,
    attachments: Vec<Attachment>,
    /// What a person should know about the way the body was read.
    warnings: Vec<Warning>,
}

/// One part of a message that is shown as its text.
enum Body {
    Plain(String),
    Html(String),
    Rtf(Vec<u8>),
}

struct Attachment {
    name: String,
    bytes: Vec<u8>,
    /// Whether the body shows it: a picture in the text, which needs no word when it is not read.
    is_inline: bool,
}

impl Letter {
    fn write<'a>(&self, depth: u8, writer: PageWriter<'a>, info: &mut DocumentInfo) -> PageWriter<'a> {
        let mut writer = writer.with_quality(quality_after(&self.warnings));
        let title = on_one_line(&self.subject);
        if !title.is_empty() {
            info.outline.push(OutlineEntry { title, level: 1, page: writer.page_number() });
        }
        writer.push(BlockKind::Heading { level: 1 }, &self.subject);
        let head = self.head.iter().filter(|(_, value)| !value.is_empty());
        let mut head: Vec<String> =
            head.map(|(name, value)| format!("{name}: {}", on_one_line(value))).collect();
        let names: Vec<&str> =
            self.attachments.iter().filter(|part| !part.is_inline).map(|part| part.name.as_str()).collect();
        if !names.is_empty() {
            head.push(format!("Attachments: {}", names.join(", ")));
        }
        writer.push(BlockKind::Paragraph, &head.join("\n"));
        for body in &self.body {
            body.write(&mut writer);
        }
        if !writer.is_page_empty() {
            writer.end_page();
        }
        for warning in &self.warnings {
            if !info.warnings.contains(warning) {
                info.warnings.push(warning.clone());
            }
        }
        for attachment in &self.attachments {
            attachment.write(depth, &mut writer, info);
        }
        writer
    }
}

impl Body {
    fn write(&self, writer: &mut PageWriter) {
        match self {
            Self::Plain(text) => {
                for block in blocks::of_plain_text(text) {
                    writer.push(block.kind, &text[block.range]);
                }
            }
            // A message's title is its subject.
            Self::Html(text) => {
                html::write(text, writer);
            }
            Self::Rtf(bytes) => {
                rtf::write(bytes, writer);
            }
        }
    }
}

impl Attachment {
    /// Its pages follow those of the message. An attachment that is not read costs a warning.
    fn write(&self, depth: u8, writer: &mut PageWriter, info: &mut DocumentInfo) {
        match enclosed::read(&self.name, &self.bytes, depth, writer.page_number(), info) {
            Ok(pages) => pages.into_iter().for_each(|page| writer.pass_on(page)),
            Err(_) if self.is_inline => {}
            Err(reason) => {
                info.warnings.push(Warning::AttachmentNotRead { name: self.name.clone(), reason });
            }
        }
    }
}
