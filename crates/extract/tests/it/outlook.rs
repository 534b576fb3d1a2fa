//! Messages as Outlook saves them, built here: no program that runs everywhere writes them.

use std::io::{Cursor, Write};
use std::path::PathBuf;

use cfb::{CompoundFile, Version};
use extract::BlockKind;

use crate::extract;

type Builder = CompoundFile<Cursor<Vec<u8>>>;

/// Properties are streams named by their tag; texts are in UTF-16.
fn put(file: &mut Builder, path: &str, bytes: &[u8]) {
    let mut stream = file.create_stream(path).expect("the stream is begun");
    stream.write_all(bytes).expect("the stream is written");
}

fn put_text(file: &mut Builder, path: &str, text: &str) {
    let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    put(file, path, &bytes);
}

/// A message with its subject, its sender and a body under the tag that says of what kind it is.
fn message(subject: &str, body_tag: &str, body: &[u8]) -> Builder {
    let mut file =
        CompoundFile::create_with_version(Version::V3, Cursor::new(Vec::new())).expect("the file is begun");
    put(&mut file, "__properties_version1.0", &[0; 32]);
    put_text(&mut file, "__substg1.0_0037001F", subject);
    put_text(&mut file, "__substg1.0_0C1A001F", "Harbour");
    put_text(&mut file, "__substg1.0_0C1F001F", "harbour@example.org");
    put(&mut file, &format!("__substg1.0_{body_tag}"), body);
    file
}

fn bytes_of(file: Builder) -> Vec<u8> {
    file.into_inner().into_inner()
}

fn plain_message() -> Vec<u8> {
    let body: Vec<u8> = "Zwei Fässer, bitte.".encode_utf16().flat_map(u16::to_le_bytes).collect();
    bytes_of(message("Teer für die Mole", "1000001F", &body))
}

fn web_message() -> Vec<u8> {
    let html = b"<html><body><h2>Ships</h2><ul><li>Anna</li></ul></body></html>";
    bytes_of(message("Ships", "10130102", html))
}

fn message_with_attachment() -> Vec<u8> {
    let mut file = message("The list", "1000001F", b"");
    file.create_storage("__attach_version1.0_#00000000").expect("the attachment is begun");
    put(&mut file, "__attach_version1.0_#00000000/__properties_version1.0", &[0; 8]);
    put_text(&mut file, "__attach_version1.0_#00000000/__substg1.0_3707001F", "ships.csv");
    put(&mut file, "__attach_version1.0_#00000000/__substg1.0_37010102", b"Ship,Tons\nAnna,40\n");
    bytes_of(file)
}

/// All messages of this file, by their names.
pub(crate) fn all() -> Vec<(PathBuf, Vec<u8>)> {
    let messages =
        [("plain.msg", plain_message()), ("web.msg", web_message()), ("list.msg", message_with_attachment())];
    messages.into_iter().map(|(name, bytes)| (name.into(), bytes)).collect()
}

#[test]
fn plain_messages_are_read() {
    let document = extract("a.msg", &plain_message()).expect("it is read");
    assert_eq!(document.title.as_deref(), Some("Teer für die Mole"));
    assert_eq!(
        document.pages[0].text,
        "Teer für die Mole\n\nFrom: Harbour <harbour@example.org>\n\nZwei Fässer, bitte."
    );
}

#[test]
fn web_bodies_keep_their_structure() {
    let document = extract("a.msg", &web_message()).expect("it is read");
    let kinds: Vec<BlockKind> = document.pages[0].blocks.iter().map(|block| block.kind).collect();
    use BlockKind::{Heading, ListItem, Paragraph};
    assert_eq!(kinds, [Heading { level: 1 }, Paragraph, Heading { level: 2 }, ListItem]);
}

#[test]
fn attachments_follow_their_message() {
    let document = extract("list.msg", &message_with_attachment()).expect("it is read");
    assert!(document.pages[0].text.ends_with("Attachments: ships.csv"));
    assert_eq!(document.pages[1].text, "Ship | Tons\nAnna | 40");
    assert_eq!((document.outline[1].title.as_str(), document.outline[1].page), ("ships.csv", 2));
}

#[test]
fn content_decides_whatever_the_name_says() {
    let document = extract("ships.doc", &web_message()).expect("it is read");
    assert_eq!(document.title.as_deref(), Some("Ships"));
}
