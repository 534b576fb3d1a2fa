//! Messages as programs of all ages and countries write them, in files built here.

use extract::{ExtractedDocument, Warning};

use crate::extract;

/// A message with this field about its content, and this body.
fn letter(content: &str, body: &[u8]) -> ExtractedDocument {
    let head = format!(
        "From: ada@example.org\r\nDate: Mon, 3 Mar 2025 10:00:00 +0000\r\nSubject: s\r\n{content}\r\n\r\n"
    );
    extract("a.eml", &[head.as_bytes(), body].concat()).expect("it is read")
}

/// A message with this attached, without a word about its encoding.
fn letter_with(kind: &str, name: &str, bytes: &[u8]) -> ExtractedDocument {
    let head = format!(
        "From: ada@example.org\r\nDate: Mon, 3 Mar 2025 10:00:00 +0000\r\nMIME-Version: 1.0\r\n\
         Content-Type: multipart/mixed; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n\r\n\
         --b\r\nContent-Type: {kind}\r\nContent-Disposition: attachment; filename=\"{name}\"\r\n\r\n"
    );
    extract("a.eml", &[head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat()).expect("it is read")
}

fn text(document: &ExtractedDocument) -> String {
    document.pages.iter().map(|page| page.text.as_str()).collect::<Vec<_>>().join("\n")
}

const GREETING: &str = "Grüße aus Köln: die Höhe beträgt fünf Meter.";

#[test]
fn bodies_are_read_in_their_character_set() {
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(GREETING);
    for content in [
        "X-Mailer: x",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Type: text/plain; charset=\"CP-1252\"",
        "Content-Type: text/plain; charset=iso-8859-1",
    ] {
        assert!(text(&letter(content, &latin)).ends_with(GREETING), "{content}");
    }
    assert!(
        text(&letter("Content-Type: text/plain; charset=iso-8859-1", GREETING.as_bytes()))
            .ends_with(GREETING)
    );
}

#[test]
fn bodies_of_other_scripts_are_read() {
    let japanese = "会議は三月五日に大阪で①。";
    let (bytes, _, _) = encoding_rs::ISO_2022_JP.encode(japanese);
    assert!(text(&letter("Content-Type: text/plain; charset=ISO-2022-JP", &bytes)).ends_with(japanese));
    let page =
        "<html><head><meta charset=\"windows-1251\"></head><body>Маяк построен в 1871 году.</body></html>";
    let (bytes, _, _) = encoding_rs::WINDOWS_1251.encode(page);
    assert!(
        text(&letter("MIME-Version: 1.0\r\nContent-Type: text/html", &bytes))
            .ends_with("Маяк построен в 1871 году.")
    );
}

#[test]
fn a_guess_is_told() {
    let (latin, _, _) = encoding_rs::WINDOWS_1252.encode(GREETING);
    let guessed = letter("X-Mailer: x", &latin);
    assert_eq!(guessed.warnings.len(), 1);
    assert!(guessed.pages[0].quality < 1.0);
    let named = letter("Content-Type: text/plain; charset=iso-8859-1", &latin);
    assert!(named.warnings.is_empty() && named.pages[0].quality == 1.0);
}

#[test]
fn attachments_are_read_in_their_encoding() {
    let (table, _, _) = encoding_rs::WINDOWS_1252.encode("Ort;Höhe\nMünchen;519\nKöln;53\n");
    let document = letter_with("text/csv", "liste.csv", &table);
    assert_eq!(document.pages[1].text, "Ort | Höhe\nMünchen | 519\nKöln | 53");
    assert!(
        document.pages[1].quality < 1.0
            && matches!(&document.warnings[0], Warning::InFile { name, .. } if name == "liste.csv")
    );

    let wide = "//5UAGgAZQAgAGsAaQBsAG4AIAATICAAdAB3AGkAYwBlAC4A";
    let kind = "text/plain\r\nContent-Transfer-Encoding: base64";
    assert_eq!(letter_with(kind, "u16.txt", wide.as_bytes()).pages[1].text, "The kiln – twice.");

    let (koi, _, _) = encoding_rs::KOI8_R.encode("Станция Зуевка открыта в 1898 году");
    let document = letter_with("text/plain; charset=koi8-r", "станция.txt", &koi);
    assert_eq!(document.pages[1].text.trim(), "Станция Зуевка открыта в 1898 году");
    assert!(document.pages[0].text.contains("Attachments: станция.txt\n"));
}

#[test]
fn broken_lines_that_may_flow_are_whole_again() {
    let body = b"The reservoir holds forty thou \r\nsand cubic metres.\r\n> quoted \r\n> goes on.\r\n";
    let document = letter("Content-Type: text/plain; format=flowed; delsp=yes", body);
    assert!(document.pages[0].text.contains("The reservoir holds forty thousand cubic metres."));
}

#[test]
fn lines_that_begin_with_from_are_text() {
    let mailbox = "From MAILER-DAEMON Mon Mar  3 10:00:00 2025\nFrom: a@example.org\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n\
        Subject: One\n\nFrom the office window I see herons.\n\nThe key is under pot seven.\n\n\
        From ada@example.org Tue Mar  4 10:00:00 2025\nFrom: a@example.org\nDate: Tue, 4 Mar 2025 10:00:00 +0000\nSubject: Two\n\n\
        >From the top one sees the sea.\n";
    let document = extract("a.mbox", mailbox.as_bytes()).expect("it is read");
    assert_eq!(document.pages.len(), 2);
    assert!(
        document.pages[0]
            .text
            .ends_with("From the office window I see herons.\n\nThe key is under pot seven.")
    );
    assert!(document.pages[1].text.ends_with("From the top one sees the sea."));
}

#[test]
fn messages_of_apple_mail_and_saved_pages_are_read() {
    let message =
        "From: a@example.org\nDate: Mon, 3 Mar 2025 10:00:00 +0000\nSubject: Apple\n\nApple mail body.\n";
    let file = format!("{}\n{message}<?xml version=\"1.0\"?><plist/>", message.len());
    let document = extract("1.emlx", file.as_bytes()).expect("it is read");
    assert_eq!(document.title.as_deref(), Some("Apple"));
    assert!(document.pages[0].text.ends_with("Apple mail body."));

    let page = "From: <Saved by Blink>\r\nSubject: The page\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/html\r\n\
        Content-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/\r\n\r\n\
        <html><body><p>The caf=C3=A9 opens at seven.</p></body></html>\r\n\
        --b\r\nContent-Type: text/css\r\nContent-Location: https://example.org/a.css\r\n\r\np { color: red }\r\n--b--\r\n";
    let document = extract("page.mhtml", page.as_bytes()).expect("it is read");
    assert_eq!((document.pages.len(), document.warnings.len()), (1, 0));
    assert!(document.pages[0].text.ends_with("The café opens at seven."));
}
