//! Pages to chunks: the pieces of a document that are embedded and found.

mod cut;
mod furniture;
mod header;
mod headings;
mod page_leads;
mod units;

use extract::ExtractedDocument;
use library::PageSpan;
use text::WordPieces;

use cut::{cut, overlap};
use furniture::Furniture;
use header::{MAX_HEADER_TOKENS, header, source_line};
use page_leads::PageLeads;
use units::Unit;

/// How many tokens of what is embedded are aimed at, header included: what small embedding models were trained on, and
/// what found the most pages (docs/retrieval.md).
const AIM_TOKENS: usize = 256;

/// The most tokens, header included: of a sentence or row that alone has more than the aim, and of a document that is
/// one chunk. Models of the BERT family read 512.
const MAX_TOKENS: usize = 400;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// As it stands in the document; where it runs over pages, their texts are joined by a line break.
    pub text: String,
    /// The headings it stands under, highest first.
    pub headings: Vec<String>,
    /// The pieces it is made of, in reading order: sentences, list items, table rows. Never empty.
    pub pieces: Vec<PageSpan>,
    /// What is embedded: what names the document, page, section and table, then the text.
    pub embedded_text: String,
}

/// Cuts a document into chunks that follow its structure.
///
/// A document whose pages hold no text has no chunks.
#[must_use]
pub fn chunk(document: &ExtractedDocument, file_name: &str) -> Vec<Chunk> {
    let furniture = Furniture::of(document);
    let units = units::units(document, &furniture, MAX_TOKENS - MAX_HEADER_TOKENS);
    let leads = PageLeads::of(document, &furniture);
    let source = source_line(document.title.as_deref(), file_name);
    let mut chunks = Vec::new();
    let tokens: usize = units.iter().map(|unit| unit.tokens).sum();
    let mut rest = units.as_slice();
    while !rest.is_empty() {
        let header = header(&source, &rest[0], &leads);
        let header_tokens = WordPieces::english().count(&header);
        // Half of a short text says less than all of it.
        let limit = if tokens + header_tokens <= MAX_TOKENS { MAX_TOKENS } else { AIM_TOKENS };
        let length = cut(rest, limit.saturating_sub(header_tokens));
        let (taken, following) = rest.split_at(length);
        chunks.push(build(document, taken, &header));
        let again = following.first().map_or(0, |next| overlap(taken, next));
        rest = &rest[length - again..];
    }
    chunks
}

fn build(document: &ExtractedDocument, units: &[Unit], header: &str) -> Chunk {
    let pieces: Vec<PageSpan> = units.iter().map(Unit::span).collect();
    let on_one_page = pieces.chunk_by(|one, next| one.page == next.page);
    let text_of = |pieces: &[PageSpan]| {
        let page = document.pages.binary_search_by_key(&pieces[0].page, |page| page.number);
        page.map_or("", |index| &document.pages[index].text[pieces[0].start..pieces[pieces.len() - 1].end])
    };
    let text = on_one_page.map(text_of).collect::<Vec<_>>().join("\n");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Chunk { embedded_text: format!("{header}\n{words}"), text, headings: units[0].headings.to_vec(), pieces }
}

#[cfg(test)]
mod tests;
