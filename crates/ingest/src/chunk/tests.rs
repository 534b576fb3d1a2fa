use extract::{Block, BlockKind, OutlineEntry, Page, SourceEngine};
use proptest::prelude::*;

use super::*;

fn page(number: u32, blocks: &[(BlockKind, &str)]) -> Page {
    let mut text = String::new();
    let mut found = Vec::new();
    for (kind, block) in blocks {
        let start = text.len();
        text.push_str(block);
        found.push(Block { kind: *kind, range: start..text.len() });
        text.push_str("\n\n");
    }
    Page {
        number,
        label: None,
        text,
        blocks: found,
        words: Vec::new(),
        size: None,
        quality: 1.0,
        source_engine: SourceEngine::Text,
    }
}

/// A page that is drawn, as those of PDFs are.
fn drawn(number: u32, blocks: &[(BlockKind, &str)]) -> Page {
    Page { size: Some((595.0, 842.0)), ..page(number, blocks) }
}

fn prose(sentences: usize) -> String {
    let sentence =
        |n| format!("Observation {n} was taken at the harbour gauge by the survey team in calm weather.");
    (0..sentences).map(sentence).collect::<Vec<_>>().join(" ")
}

fn document(pages: Vec<Page>) -> ExtractedDocument {
    ExtractedDocument { title: Some("Tides".into()), pages, ..ExtractedDocument::default() }
}

const HEADING: BlockKind = BlockKind::Heading { level: 1 };

#[test]
fn every_chunk_keeps_the_limit_and_stands_letter_for_letter_in_its_pages() {
    let long = prose(90);
    let document =
        document(vec![page(1, &[(BlockKind::Paragraph, &long)]), page(2, &[(BlockKind::Paragraph, &long)])]);
    let chunks = chunk(&document, "tides.pdf");
    assert!(chunks.len() > 6, "{}", chunks.len());
    for chunk in &chunks {
        assert!(WordPieces::english().count(&chunk.embedded_text) <= MAX_TOKENS);
        for span in &chunk.pieces {
            let page = &document.pages[span.page as usize - 1];
            assert!(chunk.text.contains(&page.text[span.start..span.end]));
        }
    }
}

#[test]
fn neighbours_share_whole_sentences_and_nothing_is_left_out() {
    let text = prose(90);
    let chunks = chunk(&document(vec![page(1, &[(BlockKind::Paragraph, &text)])]), "x");
    assert_eq!(chunks[0].pieces[0].start, 0);
    assert_eq!(chunks.last().unwrap().pieces.last().unwrap().end, text.len());
    for pair in chunks.windows(2) {
        let (end, next) = (pair[0].pieces.last().unwrap().end, pair[1].pieces[0].start);
        assert!(next < end, "the chunks overlap");
        assert!(text[next..].starts_with("Observation"), "by whole sentences");
    }
}

#[test]
fn a_chunk_knows_its_headings_and_ends_with_its_section() {
    let text = prose(13);
    let blocks = [
        (HEADING, "Datum"),
        (BlockKind::Paragraph, text.as_str()),
        (HEADING, "Storms"),
        (BlockKind::Paragraph, &text),
    ];
    let chunks = chunk(&document(vec![page(1, &blocks)]), "x");
    assert_eq!(chunks.len(), 2);
    assert_eq!(chunks[1].headings, ["Storms"]);
    assert!(chunks[1].text.starts_with("Storms"));
    assert!(chunks[1].embedded_text.starts_with("Tides · x\nStorms\n"));
}

#[test]
fn the_outline_stands_in_for_headings() {
    let text = prose(20);
    let pages = vec![page(1, &[(BlockKind::Paragraph, &text)]), page(2, &[(BlockKind::Paragraph, &text)])];
    let outline = vec![OutlineEntry { title: "Storms".into(), level: 1, page: 2 }];
    let chunks = chunk(&ExtractedDocument { outline, ..document(pages) }, "x");
    assert!(chunks[0].headings.is_empty());
    assert_eq!(chunks.last().unwrap().headings, ["Storms"]);
}

#[test]
fn page_numbers_are_left_out_and_headers_stand_in_search_once() {
    let text = prose(12);
    let pages = (1..=4).map(|number| {
        let number_below = format!("- {} -", number + 7);
        let blocks = ["Tide survey", &text, &number_below].map(|text| (BlockKind::Paragraph, text));
        drawn(number, &blocks)
    });
    let chunks = chunk(&document(pages.collect()), "x");
    let with = |words: &str| chunks.iter().filter(|chunk| chunk.text.contains(words)).count();
    assert_eq!((with("Tide survey"), with("- 8 -"), with("- 11 -")), (1, 0, 0), "{chunks:#?}");
    assert!(chunks[0].text.starts_with("Tide survey"));
}

#[test]
fn lines_that_differ_in_a_number_are_no_headers() {
    let text = prose(12);
    let pages = (1..=6).map(|number| {
        let (above, below) = (format!("Payslip {number}/2024"), format!("Net pay {}.55", 2100 + 31 * number));
        let blocks = [&above, &text, &below].map(|text| (BlockKind::Paragraph, text.as_str()));
        drawn(number, &blocks)
    });
    let chunks = chunk(&document(pages.collect()), "x");
    for words in ["Payslip 1/2024", "Payslip 6/2024", "Net pay 2131.55", "Net pay 2286.55"] {
        assert!(chunks.iter().any(|chunk| chunk.text.contains(words)), "{words}: {chunks:#?}");
    }
}

#[test]
fn all_of_a_page_that_says_little_is_text() {
    let pages = (1..=6).map(|number| {
        let seat = format!("Seat {number}");
        let blocks = ["Ferry to the island", &seat, "41 EUR"].map(|text| (BlockKind::Paragraph, text));
        drawn(number, &blocks)
    });
    let chunks = chunk(&document(pages.collect()), "x");
    let said: String = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    assert_eq!((said.matches("Ferry").count(), said.matches("41 EUR").count()), (6, 6), "{chunks:#?}");
}

#[test]
fn rows_and_pages_that_flow_have_no_headers() {
    let text = prose(12);
    let row = BlockKind::TableRow { header: true };
    let table =
        (1..=4).map(|number| drawn(number, &[(row, "Day\tHigh water"), (BlockKind::Paragraph, &text)]));
    let slides =
        (5..=8).map(|number| page(number, &[(HEADING, "Harbour office"), (BlockKind::Paragraph, &text)]));
    let chunks = chunk(&document(table.chain(slides).collect()), "x");
    let said: String = chunks.iter().map(|chunk| chunk.text.as_str()).collect();
    assert_eq!((said.matches("High water").count(), said.matches("Harbour office").count()), (4, 4));
}

#[test]
fn rows_of_a_long_table_are_embedded_with_the_header() {
    let rows: Vec<String> = (0..120).map(|day| format!("{day} May | 4.{day:02} m | 0.{day:02} m")).collect();
    let mut blocks = vec![(BlockKind::TableRow { header: true }, "Day | High water | Low water")];
    blocks.extend(rows.iter().map(|row| (BlockKind::TableRow { header: false }, row.as_str())));
    let chunks = chunk(&document(vec![page(1, &blocks)]), "x");
    assert!(chunks.len() > 2);
    for chunk in &chunks[1..] {
        assert!(chunk.embedded_text.contains("High water"));
        assert!(!chunk.text.contains("High water"));
    }
}

#[test]
fn the_lines_at_the_top_of_a_page_stand_above_the_rest_of_it() {
    let rows: Vec<String> = (0..120).map(|day| format!("{day} May\t4.{day:02}\t0.{day:02}")).collect();
    let mut blocks = vec![
        (BlockKind::Paragraph, "Harbour office\nStatement of tides"),
        (BlockKind::Paragraph, "In metres"),
    ];
    blocks.extend(rows.iter().map(|row| (BlockKind::TableRow { header: false }, row.as_str())));
    let chunks = chunk(&document(vec![page(1, &blocks)]), "tides_2018.pdf");
    assert!(chunks.len() > 2);
    assert!(chunks[0].embedded_text.starts_with("Tides · 2018\nHarbour office Statement of tides"));
    for chunk in &chunks[1..] {
        assert!(
            chunk.embedded_text.starts_with("Tides · 2018\nHarbour office Statement of tides In metres\n"),
            "{}",
            chunk.embedded_text
        );
    }
}

#[test]
fn rows_are_embedded_with_the_caption_of_their_table() {
    let text = prose(3);
    let rows: Vec<String> = (0..120).map(|day| format!("{day} May\t4.{day:02}\t0.{day:02}")).collect();
    let mut blocks = vec![
        (BlockKind::Paragraph, text.as_str()),
        (BlockKind::Paragraph, "Table 4: Tides at the bridge"),
        (BlockKind::TableRow { header: true }, "Day\tHigh water\tLow water"),
    ];
    blocks.extend(rows.iter().map(|row| (BlockKind::TableRow { header: false }, row.as_str())));
    let chunks = chunk(&document(vec![page(1, &blocks)]), "x");
    assert!(chunks.len() > 2);
    for chunk in &chunks[1..] {
        let header = "Tides · x\nTable 4: Tides at the bridge Day High water Low water\n";
        assert!(chunk.embedded_text.starts_with(header), "{}", chunk.embedded_text);
    }
}

#[test]
fn a_page_that_needs_several_chunks_is_cut_into_even_parts() {
    let text = prose(26);
    let chunks = chunk(&document(vec![page(1, &[(BlockKind::Paragraph, &text)])]), "x");
    assert_eq!(chunks.len(), 3);
    let lengths = chunks.iter().map(|chunk| chunk.text.len());
    assert!(lengths.clone().max().unwrap() - lengths.min().unwrap() < text.len() / 4, "{chunks:#?}");
}

#[test]
fn a_short_document_stays_whole_and_a_long_sentence_too() {
    let text = prose(17);
    let whole = chunk(&document(vec![page(1, &[(BlockKind::Paragraph, &text)])]), "x");
    assert_eq!(whole.len(), 1);
    let sentence = format!("{}the end.", "the harbour ".repeat(120));
    let blocks = [(BlockKind::Paragraph, text.as_str()), (BlockKind::Paragraph, &sentence)];
    let chunks = chunk(&document(vec![page(1, &blocks)]), "x");
    assert!(chunks.iter().any(|chunk| chunk.text == sentence), "{chunks:#?}");
}

#[test]
fn a_chunk_ends_with_its_page() {
    let text = prose(5);
    let pages = (1..=3).map(|number| page(number, &[(BlockKind::Paragraph, &text)]));
    let chunks = chunk(&document(pages.collect()), "x");
    assert!(chunks.iter().all(|chunk| chunk.pieces.iter().all(|piece| piece.page == chunk.pieces[0].page)));
    assert_eq!(chunks.len(), 3);
}

#[test]
fn a_sentence_without_end_is_cut_between_words() {
    let endless = "harbour ".repeat(2_000);
    let document = document(vec![page(1, &[(BlockKind::Paragraph, &endless)])]);
    let chunks = chunk(&document, "x");
    assert!(chunks.len() > 4);
    assert!(chunks.iter().all(|chunk| WordPieces::english().count(&chunk.embedded_text) <= MAX_TOKENS));
    assert!(chunks.iter().all(|chunk| chunk.text.ends_with("harbour")));
}

#[test]
fn text_without_spaces_is_cut_like_any_other() {
    for endless in ["abcdefghij", "aGVsbG8gd29ybGQ5", "灯台の光", "ประภาคาร"].map(|part| part.repeat(20_000))
    {
        let document = document(vec![page(1, &[(BlockKind::Paragraph, &endless)])]);
        let chunks = chunk(&document, "x");
        assert!(chunks.iter().all(|chunk| WordPieces::english().count(&chunk.embedded_text) <= MAX_TOKENS));
        assert!(chunks.iter().all(|chunk| chunk.text.len() <= MAX_TOKENS * units::BYTES_PER_TOKEN));
        assert_eq!(unread(&document, &chunks), "");
    }
}

#[test]
fn a_heading_or_header_row_of_any_length_costs_each_chunk_no_more_than_a_line() {
    let endless = "harbour ".repeat(50_000);
    let (rows, text) = (vec!["1871 | tar"; 2_000], prose(90));
    let mut blocks = vec![(HEADING, endless.as_str()), (BlockKind::Paragraph, &text)];
    blocks.push((BlockKind::TableRow { header: true }, &endless));
    blocks.extend(rows.iter().map(|row| (BlockKind::TableRow { header: false }, *row)));
    let document = document(vec![page(1, &blocks)]);
    let chunks = chunk(&document, "x");
    assert_eq!(unread(&document, &chunks), "");
    assert!(chunks.iter().all(|chunk| chunk.headings.iter().all(|heading| heading.len() < 1_000)));
    assert!(chunks.iter().all(|chunk| chunk.embedded_text.len() < 4_000));
}

#[test]
fn pages_without_text_have_no_chunks() {
    assert_eq!(chunk(&document(vec![page(1, &[])]), "x"), []);
}

/// What stands in no piece of a chunk, without its white space.
fn unread(document: &ExtractedDocument, chunks: &[Chunk]) -> String {
    let pieces = || chunks.iter().flat_map(|chunk| &chunk.pieces);
    let unread_on = |page: &Page| {
        let mut read = vec![false; page.text.len()];
        pieces()
            .filter(|piece| piece.page == page.number)
            .for_each(|piece| read[piece.start..piece.end].fill(true));
        let unread = page.text.char_indices().filter(|(at, letter)| !read[*at] && !letter.is_whitespace());
        unread.map(|(_, letter)| letter).collect::<String>()
    };
    document.pages.iter().map(unread_on).collect()
}

fn any_kind() -> impl Strategy<Value = BlockKind> {
    prop_oneof![
        (1..=6u8).prop_map(|level| BlockKind::Heading { level }),
        Just(BlockKind::Paragraph),
        Just(BlockKind::ListItem),
        any::<bool>().prop_map(|header| BlockKind::TableRow { header }),
        Just(BlockKind::Code),
    ]
}

/// A few words, so that they repeat, numbers and anything else.
fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "(Tide survey|Net pay [0-9]{1,2})",
        "[0-9]{1,2}",
        "\\PC{1,30}[.!? \n]?\\PC{0,30}",
        "[a-z0-9]{600,900}"
    ]
    .prop_map(|text| text.trim().to_owned())
    .prop_filter("a block holds text", |text| !text.is_empty())
}

proptest! {
    #[test]
    fn each_letter_stands_in_a_chunk_or_repeats_at_the_edges_of_pages(
        blocks in prop::collection::vec(prop::collection::vec((any_kind(), any_text()), 0..8), 0..8),
        is_drawn: bool,
    ) {
        let pages = blocks.iter().zip(1..).map(|(blocks, number)| {
            let blocks: Vec<(BlockKind, &str)> = blocks.iter().map(|(kind, text)| (*kind, text.as_str())).collect();
            if is_drawn { drawn(number, &blocks) } else { page(number, &blocks) }
        });
        let document = document(pages.collect());
        let chunks = chunk(&document, "x");
        let unread = unread(&document, &chunks);
        let is_edge = is_drawn && unread.replace("Tidesurvey", "").chars().all(|letter| letter.is_ascii_digit() || letter.is_ascii_punctuation());
        prop_assert!(unread.is_empty() || is_edge, "{unread:?}");
    }
}
