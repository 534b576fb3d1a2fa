//! Messages as Outlook saves them (msg).

use msg_parser::{Outlook, Person};

use super::{Attachment, Body, Letter};
use crate::ExtractError;
use crate::formats::decoding::decode_declared;
use crate::formats::html::declared_encoding;
use crate::formats::page_writer::PageWriter;
use crate::formats::{DocumentInfo, PageSink, Source, compound};

pub(in crate::formats) const EXTENSIONS: &[&str] = &["msg"];

pub(in crate::formats) fn recognises(bytes: &[u8]) -> bool {
    compound::streams(bytes).iter().any(|stream| stream == "__properties_version1.0")
}

pub(in crate::formats) fn read(source: &Source, sink: PageSink) -> Result<DocumentInfo, ExtractError> {
    let outlook = Outlook::from_slice(compound::rewritten(source.bytes)?).map_err(ExtractError::damaged)?;
    let mut info = DocumentInfo::default();
    let writer = letter_of(outlook).write(source.depth, PageWriter::new(sink), &mut info);
    info.title = info.outline.first().map(|entry| entry.title.clone());
    writer.finish();
    Ok(info)
}

fn letter_of(outlook: Outlook) -> Letter {
    let date = [&outlook.message_delivery_time, &outlook.client_submit_time, &outlook.headers.date];
    let date = date.into_iter().find(|date| !date.is_empty()).cloned().unwrap_or_default();
    Letter {
        head: vec![
            ("From", person(&outlook.sender)),
            ("To", people(&outlook.to)),
            ("Cc", people(&outlook.cc)),
            ("Date", date),
        ],
        body: body_of(&outlook).into_iter().collect(),
        subject: outlook.subject,
        attachments: outlook.attachments.into_iter().map(attachment_of).collect(),
        warnings: Vec::new(),
    }
}

/// HTML where there is any. Rich text comes last: Outlook keeps the plain text beside it.
fn body_of(outlook: &Outlook) -> Option<Body> {
    let html =
        Some(&outlook.html).filter(|html| !html.trim().is_empty()).map(|html| Body::Html(html_of(html)));
    let plain = || Some(&outlook.body).filter(|body| !body.trim().is_empty()).cloned().map(Body::Plain);
    html.or_else(plain).or_else(|| outlook.rtf_decompressed().map(Body::Rtf))
}

/// The library gives a body that is stored as bytes in hexadecimal digits.
fn html_of(html: &str) -> String {
    if html.contains('<') {
        return html.to_owned();
    }
    let pairs = html.as_bytes().as_chunks::<2>().0;
    let digit = |digit: u8| char::from(digit).to_digit(16);
    let bytes: Option<Vec<u8>> =
        pairs.iter().map(|[high, low]| Some((digit(*high)? * 16 + digit(*low)?) as u8)).collect();
    bytes.map_or_else(|| html.to_owned(), |bytes| decode_declared(&bytes, declared_encoding(&bytes)).text)
}

fn attachment_of(attachment: msg_parser::Attachment) -> Attachment {
    let names = [&attachment.long_file_name, &attachment.file_name, &attachment.display_name];
    let name =
        names.into_iter().find(|name| !name.is_empty()).cloned().unwrap_or_else(|| "attachment".into());
    Attachment { name, is_inline: !attachment.content_id.is_empty(), bytes: attachment.payload_bytes }
}

fn people(people: &[Person]) -> String {
    people.iter().map(person).collect::<Vec<_>>().join(", ")
}

fn person(person: &Person) -> String {
    // Within a company, Exchange has paths in the place of addresses.
    let email = Some(person.email.as_str()).filter(|email| !email.starts_with('/')).unwrap_or_default();
    match (person.name.as_str(), email) {
        (name, email) if name.is_empty() || name == email => email.to_owned(),
        (name, "") => name.to_owned(),
        (name, email) => format!("{name} <{email}>"),
    }
}
