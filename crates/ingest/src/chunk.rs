//! Pages to chunks: the pieces of a document that are embedded and found.

mod furniture;
mod headings;
mod tokens;
mod units;

use extract::ExtractedDocument;
use library::PageSpan;
use units::Unit;

pub use tokens::TokenEstimate;

/// The most tokens of what is embedded, header included. bge reads 512, the estimate may be some percent short,
/// and two tokens are the model's own.
const MAX_TOKENS: usize = 450;

/// A chunk of at least this many tokens ends at a heading rather than running into the next section.
const ENOUGH_AT_HEADING: usize = 60;

/// A chunk of at least this many tokens ends with its page: a citation then points to one page.
const ENOUGH_AT_PAGE_END: usize = 150;

/// How much of the end of a chunk is said again at the start of the next one, in whole sentences.
const OVERLAP_TOKENS: usize = 60;

/// The header in front of what is embedded may not crowd out the text.
const MAX_HEADER_TOKENS: usize = 80;

/// A piece of a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chunk {
    /// As it stands in the document; where it runs over pages, their texts are joined by a line break.
    pub text: String,
    /// The headings it stands under, highest first.
    pub headings: Vec<String>,
    /// The pieces it is made of, in reading order: sentences, list items, table rows. Never empty.
    pub pieces: Vec<PageSpan>,
    /// What is embedded: the document's title, the headings and the table header, then the text.
    pub embedded_text: String,
}

/// Cuts a document into chunks that follow its structure.
///
/// `name` stands for the title where the document has none. A document whose pages hold no text has no chunks.
#[must_use]
pub fn chunk(document: &ExtractedDocument, name: &str) -> Vec<Chunk> {
    let estimate = TokenEstimate::of(document.pages.iter().map(|page| page.text.as_str()));
    let units = units::units(document, estimate, MAX_TOKENS - MAX_HEADER_TOKENS);
    let title = document.title.as_deref().unwrap_or(name);
    let mut chunks = Vec::new();
    let mut rest = units.as_slice();
    while !rest.is_empty() {
        let header = header(title, &rest[0], estimate);
        let length = take(rest, MAX_TOKENS.saturating_sub(estimate.count(&header)));
        let (taken, following) = rest.split_at(length);
        chunks.push(build(document, taken, &header));
        let again = following.first().map_or(0, |next| overlap(taken, next));
        rest = &rest[length - again..];
    }
    chunks
}

/// How many of the units from the front make one chunk.
fn take(units: &[Unit], budget: usize) -> usize {
    let mut tokens = 0;
    for (index, unit) in units.iter().enumerate() {
        let before = index.checked_sub(1).map(|last| &units[last]);
        let complete = before.is_some_and(|before| {
            tokens + unit.tokens > budget
                || (unit.starts_section && tokens >= ENOUGH_AT_HEADING)
                || (unit.page != before.page && tokens >= ENOUGH_AT_PAGE_END)
        });
        if complete {
            // A heading belongs to what follows it.
            let headings = units[..index].iter().rev().take_while(|unit| unit.is_heading).count();
            return if headings < index { index - headings } else { index };
        }
        tokens += unit.tokens;
    }
    units.len()
}

/// How many units of the chunk just cut the next one begins with: none over a heading or a page.
fn overlap(taken: &[Unit], next: &Unit) -> usize {
    if next.starts_section || next.is_heading {
        return 0;
    }
    let room = OVERLAP_TOKENS.min((MAX_TOKENS - MAX_HEADER_TOKENS).saturating_sub(next.tokens));
    let mut tokens = 0;
    let sentences = taken.iter().skip(1).rev().take_while(|unit| {
        tokens += unit.tokens;
        tokens <= room && unit.page == next.page && unit.is_sentence && next.is_sentence
    });
    sentences.count()
}

fn header(title: &str, first: &Unit, estimate: TokenEstimate) -> String {
    let mut lines = vec![title.to_owned()];
    if !first.headings.is_empty() {
        lines.push(first.headings.join(" › "));
    }
    lines.extend(first.table_header.as_deref().map(str::to_owned));
    estimate.truncated(&lines.join("\n"), MAX_HEADER_TOKENS).to_owned()
}

fn build(document: &ExtractedDocument, units: &[Unit], header: &str) -> Chunk {
    let pieces: Vec<PageSpan> = units.iter().map(Unit::span).collect();
    let on_one_page = pieces.chunk_by(|one, next| one.page == next.page);
    let text_of = |pieces: &[PageSpan]| {
        let page = document.pages.iter().find(|page| page.number == pieces[0].page);
        page.map_or("", |page| &page.text[pieces[0].start..pieces[pieces.len() - 1].end])
    };
    let text = on_one_page.map(text_of).collect::<Vec<_>>().join("\n");
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Chunk { embedded_text: format!("{header}\n{words}"), text, headings: units[0].headings.to_vec(), pieces }
}

#[cfg(test)]
mod tests;
