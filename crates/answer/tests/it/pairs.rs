//! Pairs of a sentence and the passage it cites, with what is known of them.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use answer::Evidence;
use library::{ChunkId, DocumentId, PageSpan, Passage};
use serde::Deserialize;

/// One pair.
#[derive(Deserialize)]
pub struct Pair {
    pub set: String,
    pub document: String,
    pub page: u32,
    pub claim: String,
    pub kind: Kind,
    letters: usize,
    hash: String,
}

/// How the sentence stands to the passage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// Word for word.
    Copy,
    /// True, in other words.
    True,
    /// With a number, or a unit, that stands nowhere on the page.
    Figure,
    /// With a name that stands nowhere on the page.
    Name,
    /// With a number or name that stands elsewhere on the page: what raises no alarm by itself.
    Exchanged,
}

impl Kind {
    pub fn is_true(self) -> bool {
        matches!(self, Self::Copy | Self::True)
    }

    /// Whether what it says stands nowhere on the page, which can be known.
    pub fn is_nowhere(self) -> bool {
        matches!(self, Self::Figure | Self::Name)
    }
}

/// A page as its document gives it: its text, and its sentences, list items and rows.
pub struct PageText {
    pub text: String,
    pub pieces: Vec<PageSpan>,
    /// The headings above the page's pieces, where they are known.
    pub headings: Vec<(PageSpan, Vec<String>)>,
}

/// The pairs of one file.
pub fn read(file: &str) -> Result<Vec<Pair>, Box<dyn Error>> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../answer/citations").join(file);
    fs::read_to_string(path)?.lines().map(|line| Ok(serde_json::from_str(line)?)).collect()
}

impl Pair {
    /// The passage as an answer would cite it; `None` where the page no longer says it.
    pub fn evidence(&self, title: Option<&str>, page: &PageText) -> Option<Evidence> {
        let range = self.passage(&page.text)?;
        let inside = |span: &&PageSpan| span.start >= range.start && span.end <= range.end;
        let headings = page
            .headings
            .iter()
            .find(|(span, _)| inside(&span))
            .map_or_else(Vec::new, |(_, path)| path.clone());
        let passage = Passage {
            chunk: ChunkId(1),
            document: DocumentId(1),
            path: PathBuf::from(&self.document),
            title: title.map(str::to_owned),
            ordinal: 0,
            heading_path: headings,
            page_first: self.page,
            page_last: self.page,
            page_labels: BTreeMap::new(),
            page_spans: page.pieces.iter().filter(inside).copied().collect(),
            text: page.text[range].to_owned(),
        };
        Some(Evidence::new(passage, BTreeMap::from([(self.page, page.text.clone())])))
    }

    fn passage(&self, text: &str) -> Option<std::ops::Range<usize>> {
        let letters: Vec<(usize, char)> = text.char_indices().filter(|(_, c)| c.is_alphanumeric()).collect();
        letters.windows(self.letters).find_map(|window| {
            let (first, last) = (window.first()?, window.last()?);
            let hash = blake3::hash(window.iter().map(|(_, c)| c).collect::<String>().as_bytes());
            // The signs behind the last letter belong to its sentence or row.
            let end = last.0 + last.1.len_utf8();
            let rest = text[end..].lines().next().unwrap_or_default();
            let signs = if rest.contains(char::is_alphanumeric) {
                rest.find(|c: char| c.is_alphanumeric() || c.is_whitespace()).unwrap_or(rest.len())
            } else {
                rest.len()
            };
            hash.to_hex().starts_with(&self.hash).then(|| first.0..end + signs)
        })
    }
}
