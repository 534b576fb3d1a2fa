//! Passages with the text of their pages, so that a quote is what stands on the page.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;
use std::sync::OnceLock;

use libraries::Library;
use library::{DocumentId, PageSpan, Passage};

use crate::citation::Source;

/// A passage that an answer may cite.
#[derive(Debug, Clone)]
pub struct Evidence {
    passage: Passage,
    /// The passage's pages by number.
    pages: BTreeMap<u32, String>,
    /// It as the check reads it, once for all that is asked of it.
    source: OnceLock<Source>,
}

/// A sentence, list item or table row of a passage.
pub(crate) struct EvidencePiece<'a> {
    pub(crate) page: u32,
    /// Bytes of the page's text.
    pub(crate) range: Range<usize>,
    pub(crate) text: &'a str,
    pub(crate) kind: PieceKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PieceKind {
    /// It only names what follows.
    Heading,
    Sentence,
    ListItem,
    Row,
}

impl<'a> EvidencePiece<'a> {
    /// What items of a list begin with.
    pub(crate) const LIST_SIGNS: [char; 8] = ['•', '·', '-', '*', '▪', '◦', '\u{f0a7}', ' '];

    fn new(page: u32, range: Range<usize>, text: &'a str) -> Self {
        let kind = if text.contains(['\t', '|']) {
            PieceKind::Row
        } else if text.starts_with(Self::LIST_SIGNS) {
            PieceKind::ListItem
        } else if only_names(text) {
            PieceKind::Heading
        } else {
            PieceKind::Sentence
        };
        Self { page, range, text, kind }
    }
}

/// Whether a text ends without a stop, as headings do.
fn only_names(text: &str) -> bool {
    let text = text.trim_end();
    text.split_whitespace().count() <= 10
        && !text.ends_with(['.', '!', '?', ':', ';', ',', '。', '”', '"', ')'])
}

impl Evidence {
    /// A passage with the texts of the pages it stands on, by their numbers.
    #[must_use]
    pub fn new(passage: Passage, pages: BTreeMap<u32, String>) -> Self {
        Self { passage, pages, source: OnceLock::new() }
    }

    /// Reads the pages that the passages stand on.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn of(library: &Library, passages: Vec<Passage>) -> Result<Vec<Self>, library::Error> {
        let numbers = |passage: &Passage| passage.page_first..=passage.page_last;
        let pages = passages.iter().flat_map(|passage| numbers(passage).map(|page| (passage.document, page)));
        let texts = library.page_texts(&pages.collect::<Vec<_>>())?;
        let evidence = |passage: Passage| {
            let text = |page| Some((page, texts.get(&(passage.document, page))?.clone()));
            let pages = numbers(&passage).filter_map(text).collect();
            Self::new(passage, pages)
        };
        Ok(passages.into_iter().map(evidence).collect())
    }

    /// The passage.
    #[must_use]
    pub fn passage(&self) -> &Passage {
        &self.passage
    }

    /// The document's own title, or its file name.
    #[must_use]
    pub fn title(&self) -> String {
        title(self.passage.title.as_deref(), &self.passage.path)
    }

    /// The document.
    #[must_use]
    pub fn document(&self) -> DocumentId {
        self.passage.document
    }

    pub(crate) fn source(&self) -> &Source {
        self.source.get_or_init(|| Source::of(self))
    }

    pub(crate) fn text(&self) -> &str {
        &self.passage.text
    }

    /// The sentences, list items and table rows in reading order.
    pub(crate) fn pieces(&self) -> Vec<EvidencePiece<'_>> {
        let spans = self.passage.page_spans.iter();
        let piece = |span: &PageSpan| {
            let text = self.pages.get(&span.page)?.get(span.start..span.end)?;
            Some(EvidencePiece::new(span.page, span.start..span.end, text))
        };
        spans.filter_map(piece).collect()
    }

    /// What names the document: its title and its file name.
    pub(crate) fn titles(&self) -> String {
        let file_name = self.passage.path.file_stem().unwrap_or_default().to_string_lossy().replace('_', " ");
        format!("{}\n{file_name}", self.title())
    }

    /// The headings above the passage, one a line.
    pub(crate) fn headings(&self) -> String {
        self.passage.heading_path.join("\n")
    }

    /// The texts of its pages, in order.
    pub(crate) fn pages(&self) -> impl Iterator<Item = &str> {
        self.pages.values().map(String::as_str)
    }

    /// A stretch of a page, letter for letter.
    pub(crate) fn between(&self, page: u32, range: Range<usize>) -> String {
        self.pages.get(&page).and_then(|text| text.get(range)).unwrap_or_default().to_owned()
    }
}

/// What a person calls a document: the title it gives itself, or its file name.
#[must_use]
pub fn title(title: Option<&str>, path: &Path) -> String {
    let name = || path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    title.map(str::trim).filter(|title| !title.is_empty()).map_or_else(name, str::to_owned)
}

#[cfg(test)]
impl Evidence {
    /// A passage that holds all of one page, which is made of these sentences.
    pub(crate) fn for_test(page: u32, sentences: &[&str]) -> Self {
        let text = sentences.join(" ");
        let mut start = 0;
        let spans = sentences.iter().map(|sentence| {
            let span = PageSpan { page, start, end: start + sentence.len() };
            start = span.end + 1;
            span
        });
        let passage = Passage {
            chunk: library::ChunkId(i64::from(page)),
            document: DocumentId(1),
            path: "/documents/tides.pdf".into(),
            title: Some("Tides".to_owned()),
            ordinal: 0,
            heading_path: vec!["Datum".to_owned()],
            page_first: page,
            page_last: page,
            page_labels: BTreeMap::new(),
            page_spans: spans.collect(),
            text: text.clone(),
        };
        Self::new(passage, BTreeMap::from([(page, text)]))
    }
}
