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
pub(crate) fn word(body: &str) -> Vec<u8> {
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

#[test]
fn the_text_under_readings_is_read() {
    let bytes = word(
        "<w:p><w:r><w:ruby><w:rubyPr/><w:rt><w:r><w:t>とうきょう</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>東京</w:t></w:r>
         </w:rubyBase></w:ruby></w:r><w:r><w:t>に行く。</w:t></w:r></w:p>",
    );
    assert_eq!(extract("a.docx", &bytes).expect("it is read").pages[0].text, "東京に行く。");
}

#[test]
fn of_several_forms_one_is_read() {
    let forms = |choice: &str, fallback: &str| {
        format!(
            "<mc:AlternateContent xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"
             xmlns:wps=\"http://schemas.microsoft.com/office/word/2010/wordprocessingShape\" xmlns:new=\"http://example.org/new\">
             {choice}<mc:Fallback>{fallback}</mc:Fallback></mc:AlternateContent>"
        )
    };
    let text = |body: &str| extract("a.docx", &word(body)).expect("it is read").pages[0].text.clone();
    let run = |words: &str| format!("<w:r><w:t>{words}</w:t></w:r>");
    let paragraph = |words: &str| format!("<w:p>{}</w:p>", run(words));

    let known = format!("<mc:Choice Requires=\"wps\">{}</mc:Choice>", paragraph("today"));
    assert_eq!(text(&forms(&known, &paragraph("before"))), "today");
    let unknown = format!("<mc:Choice Requires=\"new\">{}</mc:Choice>", run("tomorrow"));
    assert_eq!(text(&format!("<w:p>{}</w:p>", forms(&unknown, &run("before")))), "before");
    let drawn = format!(
        "<mc:Choice Requires=\"wps\"><w:r><w:drawing><wp:anchor xmlns:wp=\"urn:wp\" xmlns:a=\"urn:a\"><a:graphic>
         <a:graphicData><wps:wsp><wps:txbx><w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic>
         </wp:anchor></w:drawing></w:r></mc:Choice>",
        paragraph("the sluice key hangs inside")
    );
    let old = format!(
        "<w:r><w:pict><w:txbxContent>{}</w:txbxContent></w:pict></w:r>",
        paragraph("the sluice key hangs inside")
    );
    assert_eq!(text(&format!("<w:p>{}</w:p>", forms(&drawn, &old))), "the sluice key hangs inside");
    let empty = "<mc:Choice Requires=\"wps\"><w:r/></mc:Choice>";
    assert_eq!(text(&format!("<w:p>{}</w:p>", forms(empty, &run("before")))), "before");
}

#[test]
fn merged_cells_keep_their_columns() {
    let cell = |properties: &str, words: &str| {
        format!("<w:tc><w:tcPr>{properties}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>")
    };
    let row = |cells: &[String]| format!("<w:tr>{}</w:tr>", cells.concat());
    let table = [
        row(&[cell("", "Region"), cell("", "Quarter"), cell("", "Sales")]),
        row(&[cell("<w:vMerge w:val=\"restart\"/>", "North"), cell("", "Q1"), cell("", "11")]),
        row(&[cell("<w:vMerge/>", ""), cell("", "Q2"), cell("", "22")]),
        row(&[cell("<w:gridSpan w:val=\"2\"/>", "Total"), cell("", "33")]),
    ];
    let document =
        extract("a.docx", &word(&format!("<w:tbl>{}</w:tbl>", table.concat()))).expect("it is read");
    assert_eq!(
        document.pages[0].text,
        "Region | Quarter | Sales\nNorth | Q1 | 11\nNorth | Q2 | 22\nTotal |  | 33"
    );
}

#[test]
fn parts_named_in_the_way_of_windows_are_found() {
    let document =
        "<w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>
        <w:p><w:r><w:t>Tar</w:t></w:r></w:p></w:body></w:document>";
    let bytes = archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels\\.rels", RELATIONS.as_bytes()),
        ("word\\document.xml", document.as_bytes()),
    ]);
    assert_eq!(extract("a.docx", &bytes).expect("it is read").pages[0].text, "Tar");
}
