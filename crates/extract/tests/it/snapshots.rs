//! What is read out of one small file of each format, built here. A change of any of them is to be meant.

use std::fmt::Write;

use crate::archives::archive;
use crate::fixtures::described;
use crate::pdf_files::pdf_of_contents;
use crate::sheets::workbook;
use crate::{extract, office, outlook};

const CHART: &str = "Häfen\n\nThe light was lit on 3 May.\n\n- Anna\n- Berta\n";

const LETTER: &str = "From: Ada <ada@example.org>\nTo: ben@example.org\nDate: Mon, 3 Mar 2025 10:00:00 +0000\n\
    MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\nSubject: =?utf-8?Q?H=C3=A4fen?=\n\nThe light was lit.\n";

/// The files of formats that are text.
fn texts() -> Vec<(&'static str, String)> {
    let mailbox = format!("From a@example.org Mon Mar  3 10:00:00 2025\n{LETTER}\n");
    let apple = format!("{}\n{LETTER}<plist/>", LETTER.len());
    let page = "<html><head><title>Häfen</title></head><body><h1>Light</h1><p>It was lit.</p><ul><li>Anna</ul>\
        <table><tr><th>Ship<th>Tons<tr><td rowspan=2>Anna<td>40<tr><td>60</table><pre>a = 1</pre></body></html>";
    let saved = format!(
        "From: <Saved by Blink>\nSubject: Häfen\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n\
         --b\nContent-Type: text/html; charset=utf-8\nContent-Location: https://example.org/\n\n{page}\n--b--\n"
    );
    let office = "xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\"";
    let flat =
        format!("<?xml version=\"1.0\"?><office:document {office}>{}</office:document>", open_body("text"));
    vec![
        ("plain.txt", CHART.to_owned()),
        ("no-extension", CHART.to_owned()),
        ("marked.md", "# Häfen\n\nThe *light* was lit.\n\n1. Anna\n\n| Ship | Tons |\n|---|---|\n| Anna | 40 |\n".into()),
        ("ascii.adoc", "= Häfen\n\nThe light was lit.\n\n* Anna\n".into()),
        ("structured.rst", "Häfen\n=====\n\nThe light was lit.\n".into()),
        ("organized.org", "* Häfen\nThe light was lit.\n".into()),
        ("paper.tex", "\\documentclass{article}\\title{H\\\"afen}\\begin{document}\\section{Light}It was lit.\\footnote{In May.}\\end{document}".into()),
        ("sources.bib", "@book{anna, author = {M{\\\"u}ller, Ada}, title = {The Light}}\n".into()),
        ("commas.csv", "sep=;\nShip;Tons\nAnna;40\n".into()),
        ("tabs.tsv", "Ship\tTons\nAnna\t40\n".into()),
        ("data.json", "{\"ship\": \"M\\u00f6we\"}".into()),
        ("lines.jsonl", "{\"ship\":\"Anna\"}\n{\"ship\":\"Berta\"}\n".into()),
        ("data.xml", "<ships><ship name=\"Anna\"><tons>40</tons></ship></ships>".into()),
        ("book.fb2", "<?xml version=\"1.0\"?><FictionBook><body><section><title><p>Chapter</p></title><p>The lock opens.</p></section></body></FictionBook>".into()),
        ("outline.opml", "<?xml version=\"1.0\"?><opml><body><outline text=\"Notes\"><outline text=\"Harbour notes\"/></outline></body></opml>".into()),
        ("page.html", page.into()),
        ("saved.mhtml", saved),
        ("letter.eml", LETTER.into()),
        ("letters.mbox", mailbox),
        ("letter.emlx", apple),
        ("rich.rtf", "{\\rtf1\\ansi{\\b H\\'e4fen}\\par The light was lit.\\par}".into()),
        ("notebook.ipynb", "{\"cells\":[{\"cell_type\":\"markdown\",\"source\":\"# Häfen\"},{\"cell_type\":\"code\",\"source\":[\"a = 1\"],\"outputs\":[{\"text\":\"1\"}]}]}".into()),
        ("days.ics", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:Tar\nDTSTART:20250303T100000Z\nLOCATION:Quay 3\nEND:VEVENT\nEND:VCALENDAR\n".into()),
        ("people.vcf", "BEGIN:VCARD\nFN:Ada Example\nTEL:+49 555 0101\nEND:VCARD\n".into()),
        ("film.srt", "1\n00:00:01,000 --> 00:00:02,000\nThe light was\n\n2\n00:00:03,000 --> 00:00:04,000\nlit.\n".into()),
        ("film.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nIt was lit.\n".into()),
        ("old.xls", "<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\" xmlns:ss=\"urn:schemas-microsoft-com:office:spreadsheet\"><Worksheet ss:Name=\"Tides\"><Table><Row><Cell><Data ss:Type=\"String\">Ulm</Data></Cell><Cell><Data ss:Type=\"Number\">21</Data></Cell></Row></Table></Worksheet></Workbook>".into()),
        ("flat.fodt", flat),
        ("tide.py", "def tide():\n    return 4\n".into()),
    ]
}

/// The body of an OpenDocument file of this kind.
fn open_body(kind: &str) -> String {
    let content = match kind {
        "text" => "<text:h text:outline-level=\"1\">Häfen</text:h><text:p>The light was lit.</text:p>".to_owned(),
        "spreadsheet" => "<table:table table:name=\"Tides\"><table:table-row><table:table-cell table:number-rows-spanned=\"2\">\
            <text:p>Anna</text:p></table:table-cell><table:table-cell><text:p>40</text:p></table:table-cell></table:table-row>\
            <table:table-row><table:covered-table-cell/><table:table-cell office:value=\"60\"/></table:table-row></table:table>".into(),
        _ => "<draw:page><draw:frame presentation:class=\"title\"><draw:text-box><text:p>Häfen</text:p></draw:text-box></draw:frame>\
            <draw:frame><draw:text-box><text:p>The light was lit.</text:p></draw:text-box></draw:frame></draw:page>".into(),
    };
    format!(
        "<office:body xmlns:office=\"urn:oasis:names:tc:opendocument:xmlns:office:1.0\" xmlns:text=\"urn:t\" xmlns:table=\"urn:b\" \
         xmlns:draw=\"urn:d\" xmlns:presentation=\"urn:p\"><office:{kind}>{content}</office:{kind}></office:body>"
    )
}

fn open_document(kind: &str) -> Vec<u8> {
    archive(&[
        ("mimetype", format!("application/vnd.oasis.opendocument.{kind}").as_bytes()),
        ("content.xml", open_body(kind).as_bytes()),
    ])
}

fn book() -> Vec<u8> {
    archive(&[
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", b"<container><rootfiles><rootfile full-path=\"book.opf\"/></rootfiles></container>"),
        ("book.opf", "<package><metadata><title>Häfen</title></metadata><manifest><item id=\"a\" href=\"a.xhtml\" media-type=\"application/xhtml+xml\"/></manifest><spine><itemref idref=\"a\"/></spine></package>".as_bytes()),
        ("a.xhtml", b"<html><body><h1>Light</h1><p>It was lit.</p></body></html>"),
    ])
}

fn presentation() -> Vec<u8> {
    let relation = |target: &str, kind: &str| {
        format!(
            "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Target=\"{target}\" \
             Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}\"/></Relationships>"
        )
    };
    let names = "xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" \
        xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";
    let shape = |kind: &str, words: &str| {
        format!(
            "<p:sp><p:nvSpPr><p:cNvPr id=\"1\" name=\"x\"/><p:cNvSpPr/><p:nvPr>{kind}</p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:p><a:r><a:t>{words}</a:t></a:r></a:p></p:txBody></p:sp>"
        )
    };
    let slide = format!(
        "<p:sld {names}><p:cSld><p:spTree>{}{}</p:spTree></p:cSld></p:sld>",
        shape("<p:ph type=\"title\"/>", "Häfen"),
        shape("", "The light was lit.")
    );
    let types = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
        <Override PartName=\"/ppt/presentation.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml\"/>\
        <Override PartName=\"/ppt/slides/slide1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.presentationml.slide+xml\"/></Types>";
    archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("_rels/.rels", relation("ppt/presentation.xml", "officeDocument").as_bytes()),
        ("ppt/presentation.xml", format!("<p:presentation {names}><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/></p:sldIdLst></p:presentation>").as_bytes()),
        ("ppt/_rels/presentation.xml.rels", relation("slides/slide1.xml", "slide").as_bytes()),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
    ])
}

#[test]
fn each_format_reads_as_it_did() {
    let mut files: Vec<(&str, Vec<u8>)> =
        texts().into_iter().map(|(name, text)| (name, text.into_bytes())).collect();
    let mut page = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (The light was lit.) Tj ET"]);
    let mut pdf = Vec::new();
    page.save_to(&mut pdf).expect("the file is written");
    files.extend([
        ("text.docx", office::word("<w:p><w:r><w:t>The light was lit.</w:t></w:r></w:p>")),
        (
            "sheet.xlsx",
            workbook(
                &["h:mm"],
                "<sheetData><row r=\"1\"><c r=\"A1\" s=\"0\"><v>0.5</v></c></row></sheetData>",
            ),
        ),
        ("slides.pptx", presentation()),
        ("text.odt", open_document("text")),
        ("sheet.ods", open_document("spreadsheet")),
        ("slides.odp", open_document("presentation")),
        ("book.epub", book()),
        ("page.pdf", pdf),
    ]);
    let letters = outlook::all();
    files.extend(
        letters.iter().map(|(name, bytes)| (name.to_str().expect("the name is text"), bytes.clone())),
    );
    let mut read = String::new();
    for (name, bytes) in &files {
        let document = extract(name, bytes).map(|document| described(&document));
        let text = document.unwrap_or_else(|error| format!("not read: {error}\n"));
        let _ = writeln!(read, "== {name}\n{text}");
    }
    insta::assert_snapshot!(read);
}
