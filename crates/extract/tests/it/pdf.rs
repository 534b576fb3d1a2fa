//! What is read out of PDFs.

use extract::{
    Block, BlockKind, ExtractError, ExtractedDocument, Extractor, Given, Limits, OtherKind, Page,
    SourceEngine, Warning,
};
use pdf_extract::{
    Dictionary, Document, EncryptionState, EncryptionVersion, Object, Permissions, Stream, dictionary,
};

use crate::pdf_files::{bytes_of, page_of, pdf_of_contents};
use crate::{extract, worker_command};

fn read(contents: &[&[u8]]) -> ExtractedDocument {
    extract("test.pdf", &bytes_of(pdf_of_contents(contents))).expect("the file is read")
}

#[test]
fn words_keep_their_places() {
    let document =
        read(&[b"BT /F1 12 Tf 72 700 Td (Pump in the) Tj 0 -14 Td [(cel)-20(lar) -400 (room)] TJ ET"]);
    let page = &document.pages[0];
    assert_eq!(page.text, "Pump in the\ncellar room");
    assert_eq!(page.size, Some((612.0, 792.0)));
    let word = &page.words[3];
    assert_eq!(&page.text[word.range.clone()], "cellar");
    assert!((word.bounds.left - 72.0).abs() < 0.1 && word.bounds.bottom < 686.0 && word.bounds.top > 690.0);
    assert!((95.0..115.0).contains(&word.bounds.right));
    assert_eq!(page.blocks.len(), 1);
    assert_eq!(page.blocks[0].kind, BlockKind::Paragraph);
}

fn block_texts(page: &Page) -> Vec<(BlockKind, &str)> {
    page.blocks.iter().map(|Block { kind, range }| (*kind, &page.text[range.clone()])).collect()
}

#[test]
fn structure_shows_in_size_weight_and_distance() {
    let document = read(&[b"BT /F2 20 Tf 72 720 Td (Pump manual) Tj /F1 10 Tf 0 -40 Td (The pump moves water out of the) Tj \
        0 -12 Td (cellar when it rains.) Tj 0 -24 Td (It has two parts:) Tj 0 -24 Td (1. a motor) Tj 0 -12 Td (2. a hose) Tj \
        /F2 10 Tf 0 -24 Td (Care) Tj /F1 10 Tf 0 -24 Td (Clean the filter every spring and every autumn.) Tj ET"]);
    assert_eq!(
        block_texts(&document.pages[0]),
        [
            (BlockKind::Heading { level: 1 }, "Pump manual"),
            (BlockKind::Paragraph, "The pump moves water out of the\ncellar when it rains."),
            (BlockKind::Paragraph, "It has two parts:"),
            (BlockKind::ListItem, "1. a motor"),
            (BlockKind::ListItem, "2. a hose"),
            (BlockKind::Heading { level: 4 }, "Care"),
            (BlockKind::Paragraph, "Clean the filter every spring and every autumn."),
        ]
    );
}

#[test]
fn rows_of_a_table_stay_together() {
    let document = read(&[b"BT /F1 10 Tf 72 700 Td (Year) Tj 100 0 Td (Rain) Tj 100 0 Td (Snow) Tj \
        -200 -14 Td (2021) Tj 100 0 Td (712) Tj 100 0 Td (31) Tj -200 -14 Td (2022) Tj 100 0 Td (698) Tj 100 0 Td (12) Tj ET"]);
    assert_eq!(
        block_texts(&document.pages[0]),
        [
            (BlockKind::TableRow { header: true }, "Year\tRain\tSnow"),
            (BlockKind::TableRow { header: false }, "2021\t712\t31"),
            (BlockKind::TableRow { header: false }, "2022\t698\t12"),
        ]
    );
}

#[test]
fn a_broken_word_is_whole_again_and_has_two_places() {
    let document = read(&[b"BT /F1 12 Tf 72 700 Td (The mois-) Tj 0 -14 Td (ture of a well-) Tj 0 -14 Td (known well-known wall) Tj ET"]);
    let page = &document.pages[0];
    assert_eq!(page.text, "The moisture of a well-known well-known wall");
    let places: Vec<f32> = page
        .words
        .iter()
        .filter(|word| (4..12).contains(&word.range.start))
        .map(|word| word.bounds.bottom)
        .collect();
    assert_eq!(places.len(), 2);
    assert!(places[0] > places[1] + 10.0);
}

#[test]
fn letters_printed_twice_count_once() {
    let document =
        read(&[b"BT /F1 12 Tf 72 700 Td (B) Tj 1 0 0 1 72.3 700 Tm (B) Tj 1 0 0 1 80 700 Tm (ig) Tj ET"]);
    assert_eq!(document.pages[0].text, "Big");
}

#[test]
fn a_turned_page_is_read_as_it_shows() {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 0 1 -1 0 100 50 Tm (Turned) Tj ET"]);
    page_of(&mut document).set("Rotate", 90);
    let document = extract("turned.pdf", &bytes_of(document)).expect("the file is read");
    let page = &document.pages[0];
    assert_eq!((page.text.as_str(), page.size), ("Turned", Some((792.0, 612.0))));
    let bounds = page.words[0].bounds;
    assert!((bounds.left - 50.0).abs() < 0.1 && bounds.right - bounds.left > bounds.top - bounds.bottom);
}

#[test]
fn text_outside_the_page_is_not_read() {
    let document = read(&[b"BT /F1 12 Tf 72 700 Td (seen) Tj 0 400 Td (unseen) Tj ET"]);
    assert_eq!(document.pages[0].text, "seen");
}

#[test]
fn japanese_without_embedded_fonts_is_decoded() {
    let mut document =
        pdf_of_contents(&[b"BT /F3 12 Tf 72 700 Td <82A082A282A4> Tj 0 -14 Td <82A64142> Tj ET"]);
    let font = dictionary! {
        "Type" => "Font", "Subtype" => "Type0", "BaseFont" => "MS-Gothic", "Encoding" => "90ms-RKSJ-H",
        "DescendantFonts" => vec![dictionary! {
            "Type" => "Font", "Subtype" => "CIDFontType2", "BaseFont" => "MS-Gothic",
            "CIDSystemInfo" => dictionary! {
                "Registry" => Object::string_literal("Adobe"),
                "Ordering" => Object::string_literal("Japan1"),
                "Supplement" => 2
            },
        }.into()],
    };
    page_of(&mut document).set("Resources", dictionary! { "Font" => dictionary! { "F3" => font } });
    let document = extract("japanese.pdf", &bytes_of(document)).expect("the file is read");
    assert_eq!(document.pages[0].text, "\u{3042}\u{3044}\u{3046}\u{3048}AB");
}

#[test]
fn what_a_form_field_shows_is_read() {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Name:) Tj ET"]);
    let font = dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" };
    let appearance = Stream::new(
        dictionary! {
            "Subtype" => "Form",
            "BBox" => vec![0.into(), 0.into(), 100.into(), 20.into()],
            "Resources" => dictionary! { "Font" => dictionary! { "Helv" => font } },
        },
        b"/Tx BMC q BT /Helv 12 Tf 2 5 Td (Ada) Tj ET Q EMC".to_vec(),
    );
    let appearance = document.add_object(appearance);
    let field = dictionary! {
        "Subtype" => "Widget",
        "Rect" => vec![120.into(), 695.into(), 220.into(), 715.into()],
        "AP" => dictionary! { "N" => appearance },
    };
    page_of(&mut document).set("Annots", vec![Object::Dictionary(field)]);
    let document = extract("form.pdf", &bytes_of(document)).expect("the file is read");
    assert!(document.pages[0].text.starts_with("Name:"), "{}", document.pages[0].text);
    assert!(document.pages[0].text.ends_with("Ada"));
}

#[test]
fn title_and_bookmarks_are_found() {
    let mut document =
        pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (One) Tj ET", b"BT /F1 12 Tf 72 700 Td (Two) Tj ET"]);
    let info = document.add_object(dictionary! { "Title" => Object::string_literal("The Lake") });
    document.trailer.set("Info", info);
    let second = document.get_pages()[&2];
    let item = document.add_object(dictionary! {
        "Title" => Object::string_literal("Part Two"), "Dest" => vec![second.into(), "Fit".into()],
    });
    let outlines = document.add_object(dictionary! { "First" => item, "Last" => item });
    document.catalog_mut().expect("a catalog").set("Outlines", outlines);
    let document = extract("lake.pdf", &bytes_of(document)).expect("the file is read");
    assert_eq!(document.title.as_deref(), Some("The Lake"));
    let entry = &document.outline[0];
    assert_eq!((entry.title.as_str(), entry.level, entry.page), ("Part Two", 1, 2));
}

fn encrypted(user_password: &str) -> Vec<u8> {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Secret) Tj ET"]);
    let id = Object::string_literal("0123456789abcdef");
    document.trailer.set("ID", vec![id.clone(), id]);
    let version = EncryptionVersion::V2 {
        document: &document,
        owner_password: "owner",
        user_password,
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).expect("the key is made");
    document.encrypt(&state).expect("the document is encrypted");
    bytes_of(document)
}

#[test]
fn only_a_password_that_is_needed_is_asked_for() {
    let document = extract("open.pdf", &encrypted("")).expect("the empty password opens it");
    assert_eq!(document.pages[0].text, "Secret");
    assert_eq!(extract("shut.pdf", &encrypted("user")).unwrap_err().code(), "encrypted");
}

#[test]
fn a_locked_file_opens_with_its_password_and_no_other() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("shut.pdf");
    std::fs::write(&path, encrypted("user")).expect("the file is written");
    let extractor = Extractor::new(worker_command(), Limits::default());
    let open = |password: &str| {
        let given = Given { password: Some(password.into()), ..Given::default() };
        extractor.extract_with(&path, &given, &|| false)
    };
    for password in ["user", "owner"] {
        assert_eq!(open(password).expect("it opens").pages[0].text, "Secret");
    }
    assert_eq!(open("guess"), Err(ExtractError::Encrypted));
}

#[test]
fn a_file_with_a_lost_end_is_read() {
    let mut bytes = bytes_of(pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Still there) Tj ET"]));
    let table = bytes.windows(5).rposition(|window| window == b"xref\n").expect("a table");
    bytes.truncate(table);
    assert_eq!(extract("cut.pdf", &bytes).expect("the file is read").pages[0].text, "Still there");
}

#[test]
fn what_was_typed_into_a_form_is_read_where_no_look_of_it_is_stored() {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Name:) Tj ET"]);
    let parent = document.add_object(dictionary! {
        "FT" => "Tx", "V" => Object::string_literal("Keeper of the light"), "DA" => Object::string_literal("/Helv 10 Tf 0 g"),
    });
    let field = document.add_object(dictionary! {
        "Type" => "Annot", "Subtype" => "Widget", "Parent" => parent,
        "Rect" => vec![120.into(), 694.into(), 300.into(), 712.into()],
    });
    for object in document.objects.values_mut() {
        if let Object::Dictionary(page) = object
            && page.get(b"Contents").is_ok()
        {
            page.set("Annots", vec![field.into()]);
        }
    }
    let page = extract("form.pdf", &bytes_of(document)).expect("the file is read").pages.remove(0);
    assert_eq!(page.text, "Name: Keeper of the light");
    let word = page.words.last().expect("there are words");
    assert!(word.bounds.left > 120.0 && word.bounds.bottom > 690.0 && word.bounds.top < 714.0, "{word:?}");
}

#[test]
fn a_page_that_stands_twice_in_the_tree_is_read_twice() {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Again) Tj ET"]);
    for object in document.objects.values_mut() {
        if let Object::Dictionary(tree) = object
            && let Ok(Object::Array(kids)) = tree.get_mut(b"Kids")
        {
            kids.push(kids[0].clone());
        }
    }
    let pages = extract("twice.pdf", &bytes_of(document)).expect("the file is read").pages;
    let texts: Vec<(u32, &str)> = pages.iter().map(|page| (page.number, page.text.as_str())).collect();
    assert_eq!(texts, [(1, "Again"), (2, "Again")]);
}

#[test]
fn lines_in_no_order_are_read_by_their_places() {
    let place = |x: i32, y: i32, text: &str| format!("1 0 0 1 {x} {y} Tm ({text}) Tj ");
    let mut lines = vec![place(72, 740, "A title that goes over both of the columns of this page")];
    for row in 0..6 {
        lines.push(place(72, 700 - 14 * row, &format!("left {row}")));
        lines.push(place(320, 700 - 14 * row, &format!("right {row}")));
    }
    let upwards: String = lines.into_iter().rev().collect();
    let document = read(&[format!("BT /F1 12 Tf {upwards} ET").as_bytes()]);
    let column = |name: &str| (0..6).map(|row| format!("{name} {row}")).collect::<Vec<_>>().join("\n");
    let expected =
        ["A title that goes over both of the columns of this page", &column("left"), &column("right")];
    assert_eq!(document.pages[0].text, expected.join("\n\n"));
}

#[test]
fn spread_letters_are_words() {
    let document = read(&[b"BT /F1 12 Tf 72 700 Td 4 Tc (SPACED HEADING OF THE DOCK) Tj 0 Tc 0 -20 Td (Ropes and bells.) Tj \
        0 -20 Td [(B)-400(e)-400(r)-400(t)-400(h)-900(f)-400(e)-400(e)-400(s)] TJ 0 -20 Td (H) Tj /F1 6 Tf 9 -3 Td (2) Tj /F1 12 Tf 4 3 Td (O) Tj ET"]);
    assert_eq!(
        document.pages[0].text.split_whitespace().collect::<Vec<_>>().join(" "),
        "SPACED HEADING OF THE DOCK Ropes and bells. Berth fees H2O"
    );
    assert_eq!(document.pages[0].source_engine, SourceEngine::PdfExtract);
}

/// Each text at its place, in 12 points.
fn placed(texts: &[(i32, i32, &str)]) -> ExtractedDocument {
    let shown = texts.iter().map(|(x, y, text)| format!("1 0 0 1 {x} {y} Tm ({text}) Tj "));
    read(&[format!("BT /F1 12 Tf {} ET", shown.collect::<String>()).as_bytes()])
}

#[test]
fn empty_cells_keep_their_column() {
    let document = placed(&[
        (200, 700, "2022"),
        (300, 700, "2023"),
        (420, 700, "Note"),
        (72, 682, "Mooring"),
        (200, 682, "$"),
        (230, 682, "1,250"),
        (420, 682, "paid"),
        (72, 664, "Towing"),
        (300, 664, "310"),
        (420, 664, "open"),
        (72, 646, "Pilotage"),
        (200, 646, "77"),
        (300, 646, "88"),
    ]);
    let rows: Vec<&str> = block_texts(&document.pages[0]).into_iter().map(|(_, row)| row).collect();
    assert_eq!(
        rows,
        ["\t2022\t2023\tNote", "Mooring\t$ 1,250\t\tpaid", "Towing\t\t310\topen", "Pilotage\t77\t88"]
    );
}

#[test]
fn columns_of_text_drawn_row_by_row_are_read_one_after_the_other() {
    let left = [
        "The tide turns at noon and",
        "the gate is opened for the",
        "boats that wait outside in",
        "the channel. It is shut at",
        "four, before the ebb.",
    ];
    let right = [
        "Ropes are kept in the loft",
        "above the bell room, where",
        "no rain comes in. The bell",
        "is rung for each boat that",
        "passes the gate at night.",
    ];
    let column = |x: i32, down: i32, lines: [&'static str; 5]| {
        lines.into_iter().zip(0..).map(move |(line, row)| (x, 700 - down - 14 * row, line))
    };
    for down in [0, 5] {
        let rows = column(72, 0, left).zip(column(300, down, right));
        let texts: Vec<_> = rows.flat_map(|(left, right)| [left, right]).collect();
        let text = placed(&texts).pages.remove(0).text;
        assert_eq!(text, format!("{}\n\n{}", left.join("\n"), right.join("\n")));
    }
}

#[test]
fn tables_of_words_are_read_row_by_row() {
    let rows = ["Keeper of the old light", "Pilot", "Master of the lock", "Clerk", "Bell ringer by night"];
    let texts: Vec<_> = rows
        .iter()
        .zip(0..)
        .flat_map(|(row, index)| {
            [(72, 700 - 14 * index, *row), (300, 700 - 14 * index, "paid by the harbour office")]
        })
        .collect();
    let text = placed(&texts).pages.remove(0).text;
    assert!(text.starts_with("Keeper of the old light\tpaid by the harbour office\nPilot\t"), "{text}");
}

fn with_annotation(annotation: Dictionary) -> ExtractedDocument {
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (The gate is shut at four.) Tj ET"]);
    page_of(&mut document).set("Annots", vec![Object::Dictionary(annotation)]);
    extract("notes.pdf", &bytes_of(document)).expect("the file is read")
}

#[test]
fn notes_stand_below_the_text_of_their_page() {
    let note = |kind: &str, contents: &str| {
        let document = with_annotation(dictionary! {
            "Type" => "Annot", "Subtype" => kind, "Contents" => Object::string_literal(contents),
            "Rect" => vec![300.into(), 700.into(), 320.into(), 720.into()],
        });
        document.pages[0].text.clone()
    };
    assert_eq!(note("Text", "Ask the harbour master"), "The gate is shut at four.\n\nAsk the harbour master");
    assert_eq!(note("Highlight", "At five?\rSee log"), "The gate is shut at four.\n\nAt five?\nSee log");
    assert_eq!(note("Highlight", "gate is shut"), "The gate is shut at four.");
    assert_eq!(note("Link", "Opens a page"), "The gate is shut at four.");
}

/// A specification of a file as PDFs have it.
fn file_in(document: &mut Document, name: &str, bytes: &[u8]) -> Object {
    let stream = document.add_object(Stream::new(dictionary! { "Type" => "EmbeddedFile" }, bytes.to_vec()));
    let specification = dictionary! {
        "Type" => "Filespec", "F" => Object::string_literal(name), "EF" => dictionary! { "F" => stream },
    };
    document.add_object(specification).into()
}

#[test]
fn files_of_a_portfolio_are_pages_behind_its_own_and_those_unread_are_named() {
    let inner =
        bytes_of(pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (The lock gate weighs nine tons.) Tj ET"]));
    let mut document = pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (Open this portfolio elsewhere.) Tj ET"]);
    let gate = file_in(&mut document, "gate.pdf", &inner);
    let bell = file_in(&mut document, "bell.txt", b"The bell is rung at night.");
    let photo = file_in(&mut document, "photo.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR");
    let kid = document.add_object(dictionary! { "Names" => vec![Object::string_literal("a"), gate, Object::string_literal("b"), photo] });
    let tree = document.add_object(dictionary! { "Kids" => vec![kid.into()] });
    document.catalog_mut().expect("a catalog").set("Names", dictionary! { "EmbeddedFiles" => tree });
    page_of(&mut document).set(
        "Annots",
        vec![Object::Dictionary(dictionary! {
            "Type" => "Annot", "Subtype" => "FileAttachment", "FS" => bell,
            "Rect" => vec![300.into(), 700.into(), 320.into(), 720.into()],
        })],
    );
    let document = extract("portfolio.pdf", &bytes_of(document)).expect("the file is read");
    let texts: Vec<(u32, &str)> =
        document.pages.iter().map(|page| (page.number, page.text.as_str())).collect();
    assert_eq!(
        texts,
        [
            (1, "Open this portfolio elsewhere."),
            (2, "The lock gate weighs nine tons."),
            (3, "The bell is rung at night."),
        ]
    );
    assert_eq!((document.pages[1].size, document.pages[1].source_engine), (None, SourceEngine::Text));
    let [warning] = document.warnings.as_slice() else { panic!("{:?}", document.warnings) };
    let (name, reason) = ("photo.png".to_owned(), ExtractError::NotADocument { kind: OtherKind::Picture });
    assert_eq!(*warning, Warning::AttachedFileNotRead { name, reason });
}

#[test]
fn a_file_that_says_what_the_pages_say_is_left_out() {
    let mut document =
        pdf_of_contents(&[b"BT /F1 12 Tf 72 700 Td (The gate is shut at four, and the bell is rung.) Tj ET"]);
    let same = file_in(&mut document, "same.txt", b"rule: the gate is shut at four, and the bell is rung");
    let other = file_in(&mut document, "other.txt", b"The bell is a gate, and four rung at the lock.");
    let names = vec![Object::string_literal("a"), same, Object::string_literal("b"), other];
    document
        .catalog_mut()
        .expect("a catalog")
        .set("Names", dictionary! { "EmbeddedFiles" => dictionary! { "Names" => names } });
    let document = extract("rules.pdf", &bytes_of(document)).expect("the file is read");
    let texts: Vec<&str> = document.pages[1..].iter().map(|page| page.text.as_str()).collect();
    assert_eq!(texts, ["The bell is a gate, and four rung at the lock."]);
    assert_eq!(document.warnings, [Warning::AttachedFileKnown { name: "same.txt".to_owned() }]);
}

const FORM: &str = r#"<template xmlns="http://www.xfa.org/schema/xfa-template/3.0/"><subform name="cargo">
    <draw><value><exData><body><p>Declaration of <b>cargo</b></p></body></exData></value></draw>
    <field name="Tonnage"><caption><value><text>Ship tonnage</text></value></caption></field>
    <field name="Code" presence="hidden"><value><text>X9</text></value></field>
    <draw><value><image>iVBORw0KGgo=</image></value></draw></subform></template>"#;
const FILLED_IN: &str = r#"<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data>
    <cargo><Tonnage>8812</Tonnage><Port>Old quay</Port></cargo></xfa:data></xfa:datasets>"#;

fn form_on_a_page_with(content: &[u8], whole: bool) -> String {
    let mut document = pdf_of_contents(&[content]);
    let mut packet = |xml: String| -> Object {
        document.add_object(Stream::new(Dictionary::new(), xml.into_bytes())).into()
    };
    let xfa = if whole {
        packet(format!("<xdp:xdp xmlns:xdp=\"http://ns.adobe.com/xdp/\">{FORM}{FILLED_IN}</xdp:xdp>"))
    } else {
        let (template, datasets) = (packet(FORM.to_owned()), packet(FILLED_IN.to_owned()));
        vec![Object::string_literal("template"), template, Object::string_literal("datasets"), datasets]
            .into()
    };
    document
        .catalog_mut()
        .expect("a catalog")
        .set("AcroForm", dictionary! { "Fields" => Vec::<Object>::new(), "XFA" => xfa });
    extract("form.pdf", &bytes_of(document)).expect("the file is read").pages.remove(0).text
}

#[test]
fn a_form_that_no_page_shows_is_read() {
    for whole in [true, false] {
        let text = form_on_a_page_with(b"BT /F1 12 Tf 72 700 Td (Please wait...) Tj ET", whole);
        assert_eq!(text, "Please wait...\n\nDeclaration of cargo\n\nShip tonnage: 8812\n\nPort: Old quay");
    }
    let shown = b"BT /F1 12 Tf 72 700 Td (Declaration of cargo) Tj 0 -20 Td (Ship tonnage) Tj 0 -20 Td (8812 Port Old quay) Tj ET";
    assert!(form_on_a_page_with(shown, true).ends_with("8812 Port Old quay"));
}

#[test]
fn a_file_cut_off_before_its_content_is_damaged() {
    let mut document = pdf_of_contents(&[b"BT ET"]);
    let content = Stream::new(Dictionary::new(), b"BT /F1 12 Tf 72 700 Td (Too late) Tj ET".to_vec());
    let content = document.add_object(content);
    page_of(&mut document).set("Contents", content);
    let bytes = bytes_of(document);
    let object = format!("\n{} 0 obj", content.0);
    let start =
        bytes.windows(object.len()).position(|window| window == object.as_bytes()).expect("the content");
    for end in [start, start + object.len() + 8] {
        assert_eq!(extract("cut.pdf", &bytes[..end]).unwrap_err().code(), "damaged");
    }
}
