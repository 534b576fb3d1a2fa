use serde::{Deserialize, Serialize};

use super::TextRange;

/// A page to show, with a quote to mark on it.
#[derive(Debug, Clone, Deserialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PageRequest {
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// Counted from 1.
    pub page: u32,
    /// Letter for letter as on the page.
    pub quote: Option<String>,
}

/// A page as the window shows it.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PageView {
    /// The document's id.
    #[cfg_attr(test, ts(type = "number"))]
    pub document_id: i64,
    /// The document's path.
    pub document: String,
    /// The document's own title, or its file name.
    pub title: String,
    /// How it is shown.
    pub form: PageForm,
    /// Counted from 1.
    pub page: u32,
    /// How many pages the document has.
    pub pages: u32,
    /// What they are called ("84", "xii", "F-3"), from the first on, where that is known; those behind the last of these
    /// have no known names.
    pub labels: Vec<Option<String>>,
    /// The page's text.
    pub text: String,
    /// The structure of `text`: in order, without overlap; only white space lies between blocks.
    pub blocks: Vec<PageBlock>,
    /// Where the quote stands in `text`; `None` where none was asked for or it stands there no more.
    pub mark: Option<TextRange>,
    /// Where the quote stands on the page, a box for each of its lines; empty where the format has no places.
    pub boxes: Vec<PageBox>,
}

/// How a page is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum PageForm {
    /// As it is printed: the file is a PDF.
    Printed,
    /// The text is Markdown.
    Markdown,
    /// The text with its own lines.
    Plain,
    /// The text by its blocks.
    Blocks,
}

/// A stretch of a page's text that belongs together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PageBlock {
    /// What it is.
    pub kind: PageBlockKind,
    /// The level of a heading, 1 being the highest; 0 for everything else.
    pub level: u8,
    /// Where it stands in the page's text.
    pub range: TextRange,
}

/// The kinds of block that a page is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum PageBlockKind {
    /// A heading.
    Heading,
    /// Running text.
    Paragraph,
    /// One item of a list.
    ListItem,
    /// The row of a table that names its columns.
    TableHeader,
    /// Any other row of a table.
    TableRow,
    /// Program text, kept as it stands.
    Code,
}

/// A box on a page in points; the origin is the lower left corner of the page as a reader sees it, turned and cropped.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct PageBox {
    /// Left edge.
    pub left: f32,
    /// Lower edge.
    pub bottom: f32,
    /// Right edge.
    pub right: f32,
    /// Upper edge.
    pub top: f32,
}
