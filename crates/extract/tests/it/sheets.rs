//! Workbooks as Excel shows them, in files built here.

use extract::{ExtractedDocument, Warning};

use crate::archives::archive;
use crate::extract;

const TYPES: &str = r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="xml" ContentType="application/xml"/>
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>
<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>
<Override PartName="/xl/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"/></Types>"#;

const RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="xl/workbook.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"/></Relationships>"#;

const WORKBOOK_RELATIONS: &str = r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Target="worksheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"/>
<Relationship Id="r2" Target="styles.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles"/></Relationships>"#;

const NAMESPACE: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

/// A workbook whose cells may have these formats, by their place in the list, and whose sheet has this in it.
pub(crate) fn workbook(formats: &[&str], sheet: &str) -> Vec<u8> {
    let codes = formats.iter().zip(164..).map(|(code, id)| {
        format!(
            "<numFmt numFmtId=\"{id}\" formatCode=\"{}\"/>",
            code.replace('&', "&amp;").replace('"', "&quot;").replace('<', "&lt;")
        )
    });
    let styles =
        (0..formats.len()).map(|index| format!("<xf numFmtId=\"{}\" applyNumberFormat=\"1\"/>", index + 164));
    let styles = format!(
        "<styleSheet xmlns=\"{NAMESPACE}\"><numFmts>{}</numFmts><cellXfs>{}</cellXfs></styleSheet>",
        codes.collect::<String>(),
        styles.collect::<String>()
    );
    let book = format!(
        "<workbook xmlns=\"{NAMESPACE}\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\">\
         <sheets><sheet name=\"Tides\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
    );
    let sheet = format!("<worksheet xmlns=\"{NAMESPACE}\">{sheet}</worksheet>");
    archive(&[
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", book.as_bytes()),
        ("xl/_rels/workbook.xml.rels", WORKBOOK_RELATIONS.as_bytes()),
        ("xl/styles.xml", styles.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// A cell with a text in it.
fn words(place: &str, text: &str) -> String {
    format!("<c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
}

fn lines(document: &ExtractedDocument) -> Vec<&str> {
    document.pages[0].text.lines().filter(|line| !line.is_empty()).collect()
}

#[test]
fn numbers_are_shown_in_their_formats() {
    let cases = [
        ("h:mm", 0.395_833_333_333_333, "9:30"),
        ("[h]:mm", 1.5, "36:00"),
        ("000", 7.0, "007"),
        ("(000) 000-0000", 5_551_234_567.0, "(555) 123-4567"),
        ("# ?/?", 1.5, "1 1/2"),
        ("General\" units\"", 3.24159, "3.24159 units"),
        ("dd.mm.yyyy", 45_352.0, "01.03.2024"),
        ("#,##0,", 1_234_567.0, "1,235"),
    ];
    let rows = cases.iter().enumerate().map(|(index, (_, value, _))| {
        let row = index + 1;
        format!(
            "<row r=\"{row}\">{}<c r=\"B{row}\" s=\"{index}\"><v>{value}</v></c></row>",
            words(&format!("A{row}"), "tide")
        )
    });
    let sheet = format!("<sheetData>{}</sheetData>", rows.collect::<String>());
    let document = extract("a.xlsx", &workbook(&cases.map(|(code, _, _)| code), &sheet)).expect("it is read");
    let expected = cases.map(|(_, _, shown)| format!("tide | {shown}"));
    assert_eq!(lines(&document)[1..], expected);
}

#[test]
fn merged_cells_say_in_each_row_what_they_say() {
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"2\">{}{}</row><row r=\"3\">{}</row></sheetData>\
         <mergeCells><mergeCell ref=\"A2:A3\"/></mergeCells>",
        words("A1", "Region"),
        words("B1", "Quarter"),
        words("A2", "North"),
        words("B2", "Q1"),
        words("B3", "Q2")
    );
    let document = extract("a.xlsx", &workbook(&["0"], &sheet)).expect("it is read");
    assert_eq!(lines(&document)[1..], ["Region | Quarter", "North | Q1", "North | Q2"]);
}

#[test]
fn escapes_far_cells_and_formulas_without_a_value() {
    let sheet = format!(
        "<sheetData><row r=\"1\">{}{}</row><row r=\"9\"><c r=\"A9\"><f>SUM(A2:A3)</f><v></v></c></row></sheetData>",
        words("A1", "one_x000D_\ntwo _x005F_x000D_"),
        words("XFD1", "far")
    );
    let document = extract("a.xlsx", &workbook(&["0"], &sheet)).expect("it is read");
    assert_eq!(lines(&document)[1..], ["one two _x000D_ |  | far", "=SUM(A2:A3)"]);
    assert_eq!(document.warnings, [Warning::FormulasWithoutValues { sheet: "Tides".to_owned() }]);
}
