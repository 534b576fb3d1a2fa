use extract::{Block, BlockKind, OutlineEntry, Page, SourceEngine};

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
        text,
        blocks: found,
        words: Vec::new(),
        size: None,
        quality: 1.0,
        source_engine: SourceEngine::Text,
    }
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
    let estimate = TokenEstimate::of(document.pages.iter().map(|page| page.text.as_str()));
    let chunks = chunk(&document, "tides.pdf");
    assert!(chunks.len() > 6, "{}", chunks.len());
    for chunk in &chunks {
        assert!(estimate.count(&chunk.embedded_text) <= MAX_TOKENS);
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
fn headers_and_page_numbers_are_left_out() {
    let text = prose(6);
    let pages = (1..=4).map(|number| {
        let footer = format!("Tide survey, page {number}");
        page(number, &[(BlockKind::Paragraph, &text), (BlockKind::Paragraph, &footer)])
    });
    let chunks = chunk(&document(pages.collect()), "x");
    assert!(chunks.iter().all(|chunk| !chunk.text.contains("Tide survey")), "{chunks:#?}");
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
    let estimate = TokenEstimate::of(document.pages.iter().map(|page| page.text.as_str()));
    assert!(chunks.len() > 4);
    assert!(chunks.iter().all(|chunk| estimate.count(&chunk.embedded_text) <= MAX_TOKENS));
    assert!(chunks.iter().all(|chunk| chunk.text.ends_with("harbour")));
}

#[test]
fn pages_without_text_have_no_chunks() {
    assert_eq!(chunk(&document(vec![page(1, &[])]), "x"), []);
}
