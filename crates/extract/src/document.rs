//! What one file gives up: pages of text, with the structure and the positions found in them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::Warning;

/// The text of one file.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ExtractedDocument {
    /// The title the file gives itself, if it gives one.
    pub title: Option<String>,
    /// All pages in reading order, those without text included.
    pub pages: Vec<Page>,
    /// The file's own table of contents (PDF bookmarks), in reading order.
    pub outline: Vec<OutlineEntry>,
    /// What a person should know about this text.
    pub warnings: Vec<Warning>,
}

/// Pages of PDFs with a lower quality are as good as pictures.
pub const ILLEGIBLE: f32 = 0.5;

/// One page as a reader counts them. A format without pages has one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// Counts from 1.
    pub number: u32,
    /// What the file calls it ("84", "xii", "F-3"), where it says so.
    pub label: Option<String>,
    /// The page's text in reading order. Every range below is in bytes of this text.
    pub text: String,
    /// The structure of `text`: in order, without overlap; only white space lies between blocks.
    pub blocks: Vec<Block>,
    /// The words with their places on the page; empty where the format has no places.
    pub words: Vec<Word>,
    /// Width and height in points, where the format has them.
    pub size: Option<(f32, f32)>,
    /// How far the text can be trusted, from 0 (none of it) to 1, which a blank page has.
    pub quality: f32,
    /// What read this page.
    pub source_engine: SourceEngine,
}

impl Page {
    /// Whether it shows something of which nothing was read. A blank page does not.
    #[must_use]
    pub fn is_unread(&self) -> bool {
        self.text.trim().is_empty() && self.quality < 1.0
    }
}

/// A stretch of a page's text that belongs together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Where it stands in the page's text, in bytes.
    pub range: Range<usize>,
}

/// The kinds of block that chunking tells apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading; level 1 is the highest.
    Heading {
        /// From 1 to 6.
        level: u8,
    },
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// One row of a table.
    TableRow {
        /// Whether it names the columns.
        header: bool,
    },
    /// Program text, kept as it stands.
    Code,
}

/// One word and its place.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Word {
    /// Where it stands in the page's text, in bytes.
    pub range: Range<usize>,
    /// Its box on the page.
    pub bounds: Bounds,
}

/// A box in points; the origin is the page's lower left corner, as in PDF.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Bounds {
    /// Left edge.
    pub left: f32,
    /// Lower edge.
    pub bottom: f32,
    /// Right edge.
    pub right: f32,
    /// Upper edge.
    pub top: f32,
}

/// One line of a file's own table of contents.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutlineEntry {
    /// As written in the file.
    pub title: String,
    /// 1 is the highest.
    pub level: u8,
    /// The page it points to, counted from 1.
    pub page: u32,
}

/// What a vision model read off the picture of a page.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transcript {
    /// The page, counted from 1.
    pub page: u32,
    /// The model's name.
    pub model: String,
    /// The rows of tables with ` | ` between their cells; empty where the model saw no text.
    pub text: String,
}

/// What read a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SourceEngine {
    /// The format holds its text as text.
    Text,
    /// pdf-extract behind our own page preparation.
    PdfExtract,
    /// PDFium, where pdf-extract reads badly.
    Pdfium,
    /// The model that comes with the app: the page is a picture, and its text was recognised.
    PpOcr,
    /// Tesseract: the page is a picture, and its text was recognised.
    Tesseract,
    /// A vision model: the page is a picture, and a [`Transcript`] of it was at hand.
    VisionModel,
}

impl SourceEngine {
    /// Those that read pages off their pictures, in this process or below it.
    pub const RECOGNISING: [Self; 2] = [Self::PpOcr, Self::Tesseract];

    /// A name that never changes, for stored pages.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::PdfExtract => "pdf-extract",
            Self::Pdfium => "pdfium",
            Self::PpOcr => "pp-ocr",
            Self::Tesseract => "tesseract",
            Self::VisionModel => "vision-model",
        }
    }
}
