//! Files made to take all time or memory: each costs itself alone, and soon.

use std::time::{Duration, Instant};

use crate::archives::archive;
use crate::{extract, worker_command};
use extract::{Extractor, Limits};

/// Long before the limit of time, also on a machine under load.
const SOON: Duration = Duration::from_secs(40);

fn reason(name: &str, bytes: &[u8]) -> String {
    let started = Instant::now();
    let code = extract(name, bytes).expect_err("nobody wants this text").code();
    assert!(started.elapsed() < SOON, "{name} took {:?}", started.elapsed());
    code
}

/// A text document whose only paragraph is 300 megabytes of one letter, in a third of one.
#[test]
fn zip_bombs_are_not_unpacked() {
    let mut content =
        b"<office:document-content xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\">"
            .to_vec();
    content.resize(300 << 20, b'a');
    let mimetype = b"application/vnd.oasis.opendocument.text".as_slice();
    let bomb = archive(&[("mimetype", mimetype), ("content.xml", &content)]);
    assert!(bomb.len() < 1 << 19);
    assert_eq!(reason("bomb.odt", &bomb), "too-much-text");

    let types = b"<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"/>".as_slice();
    let bomb = archive(&[("[Content_Types].xml", types), ("word/document.xml", &content)]);
    assert_eq!(reason("bomb.docx", &bomb), "damaged");
}

#[test]
fn entity_bombs_are_not_expanded() {
    let mut bomb = String::from("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e0 \"ha\">");
    for level in 1..40 {
        bomb.push_str(&format!("<!ENTITY e{level} \"{}\">", format!("&e{};", level - 1).repeat(10)));
    }
    bomb.push_str("]><a>&e39;</a>");
    assert_eq!(reason("bomb.xml", bomb.as_bytes()), "damaged");
    let mimetype = b"application/vnd.oasis.opendocument.text".as_slice();
    let text = archive(&[("mimetype", mimetype), ("content.xml", bomb.as_bytes())]);
    assert_eq!(reason("bomb.odt", &text), "damaged");
}

#[test]
fn deep_nesting_is_read_or_refused() {
    let nested =
        |open: &str, close: &str, times: usize| format!("{}deep{}", open.repeat(times), close.repeat(times));
    let files = [
        ("deep.html", nested("<div>", "</div>", 100_000)),
        ("tables.html", nested("<table><tr><td>", "</td></tr></table>", 2_000)),
        ("deep.json", nested("[", "]", 500_000)),
        ("deep.rtf", format!("{{\\rtf1 {}}}", nested("{\\b ", "}", 500_000))),
        ("deep.tex", nested("\\section{", "}", 100_000)),
        ("deep.md", nested("> ", "", 50_000)),
        ("lists.md", nested("- ", "", 50_000)),
        ("deep.xml", format!("<?xml version=\"1.0\"?>{}", nested("<a>", "</a>", 500_000))),
    ];
    for (name, content) in files {
        let started = Instant::now();
        if let Err(error) = extract(name, content.as_bytes()) {
            assert_eq!(error.code(), "damaged", "{name}");
        }
        assert!(started.elapsed() < SOON, "{name} took {:?}", started.elapsed());
    }
}

#[test]
fn more_text_than_fits_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("rows.csv");
    std::fs::write(&path, "tar,40\n".repeat(60_000)).expect("the file is written");
    let limits = Limits { text_bytes: 256 << 10, ..Limits::default() };
    let extractor = Extractor::new(worker_command(), limits);
    assert_eq!(extractor.extract(&path, &|| false).unwrap_err().code(), "too-much-text");
}

#[test]
fn huge_files_are_refused_unread() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("huge.csv");
    std::fs::File::create(&path).and_then(|file| file.set_len(2 << 30)).expect("the file is made");
    let extractor = Extractor::new(worker_command(), Limits::default());
    let started = Instant::now();
    assert_eq!(extractor.extract(&path, &|| false).unwrap_err().code(), "too-large");
    assert!(started.elapsed() < Duration::from_secs(5));
}
