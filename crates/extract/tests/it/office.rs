//! What programs write into Office files beside plain text, in files built here.

use crate::archives::archive;
use crate::extract;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml"
 ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="word/document.xml"
 Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;

/// A Word document with this body.
fn word(body: &str) -> Vec<u8> {
    let namespace = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
    let document = format!("<w:document xmlns:w=\"{namespace}\"><w:body>{body}</w:body></w:document>");
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("word/document.xml", document.as_bytes()),
    ])
}

#[test]
fn a_text_has_the_pages_that_word_noted() {
    let bytes = word(
        "<w:p><w:r><w:t>The light was lit. </w:t><w:lastRenderedPageBreak/><w:t>It burns.</w:t></w:r></w:p>
         <w:tbl><w:tr><w:tc><w:p><w:r><w:lastRenderedPageBreak/><w:t>Anna</w:t></w:r></w:p></w:tc>
         <w:tc><w:p><w:r><w:lastRenderedPageBreak/><w:t>40</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
    );
    let document = extract("light.docx", &bytes).expect("it is read");
    let texts: Vec<&str> = document.pages.iter().map(|page| page.text.as_str()).collect();
    assert_eq!(texts, ["The light was lit.", "It burns.", "Anna | 40"]);
}

#[test]
fn what_was_deleted_is_not_read() {
    let bytes = word(
        "<w:p><w:r><w:t>Two </w:t></w:r><w:del w:id=\"1\"><w:r><w:delText>old </w:delText></w:r></w:del>
         <w:ins w:id=\"2\"><w:r><w:t>new </w:t></w:r></w:ins><w:r><w:t>lamps</w:t></w:r></w:p>",
    );
    assert_eq!(extract("lamps.docx", &bytes).expect("it is read").pages[0].text, "Two new lamps");
}

#[test]
fn files_are_what_they_are_and_not_what_they_are_called() {
    let bytes = word("<w:p><w:r><w:t>Tar</w:t></w:r></w:p>");
    for name in ["tar.pdf", "tar.xlsx", "tar.txt", "tar"] {
        assert_eq!(extract(name, &bytes).expect("it is read").pages[0].text, "Tar", "{name}");
    }
    assert_eq!(extract("tar.docx", b"Only words.").expect("it is read").pages[0].text, "Only words.");
    assert_eq!(extract("tar.docx", &archive(&[("tar.txt", b"Tar")])).unwrap_err().code(), "archive");
    assert_eq!(extract("tar.docx", &bytes[..bytes.len() / 2]).unwrap_err().code(), "damaged");
}
