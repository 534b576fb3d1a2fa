//! What a person should know of a document's text.

use serde::{Deserialize, Serialize};

use crate::{ExtractError, TextRecognition};

/// What a person should know of a document's text: a code with its parameters, which whoever shows it puts into words. The
/// codes are stored, so they never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum Warning {
    /// The file does not name its encoding.
    EncodingGuessed {
        /// What it was read as, by its name in the Encoding Standard.
        encoding: String,
    },
    /// Some characters show as U+FFFD.
    CharactersLost,
    /// The text was kept without its structure.
    StructureLost {
        /// What is wrong with the structure.
        reason: ExtractError,
    },
    /// The values of a sheet's formulas were never stored.
    FormulasWithoutValues {
        /// Its name.
        sheet: String,
    },
    /// A sheet was left out.
    SheetNotRead {
        /// Its name.
        sheet: String,
        /// The words of the library that reads workbooks.
        detail: String,
    },
    /// A chapter of a book was left out.
    ChapterNotRead {
        /// Its path in the book.
        chapter: String,
        /// Why.
        reason: ExtractError,
    },
    /// An attachment of a message was left out.
    AttachmentNotRead {
        /// Its name.
        name: String,
        /// Why.
        reason: ExtractError,
    },
    /// A file that a PDF carries was left out.
    AttachedFileNotRead {
        /// Its name.
        name: String,
        /// Why.
        reason: ExtractError,
    },
    /// A file that a PDF carries was left out: it says what the pages say.
    AttachedFileKnown {
        /// Its name.
        name: String,
    },
    /// Something about a file that lies in this one.
    InFile {
        /// Its name.
        name: String,
        /// What.
        warning: Box<Warning>,
    },
    /// What the library that reads office files says of one.
    OfficeNotice {
        /// Its words.
        detail: String,
    },
    /// Something about single pages.
    Pages {
        /// Their numbers, counted from 1, in rising order.
        pages: Vec<u32>,
        /// What.
        finding: PageFinding,
    },
}

/// What a person should know of a page. Several of one document are told in this order.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum PageFinding {
    /// It could not be read to the end.
    Unfinished,
    /// It was read badly, for want of PDFium.
    Unsure,
    /// Its characters mean nothing.
    Illegible,
    /// There is a stamp on a picture, which was not read.
    Stamped,
    /// It holds no text, and none could be recognised.
    WithoutText {
        /// What text recognition could do about it.
        recognition: TextRecognition,
    },
    /// Its text was read off its picture.
    Recognised,
    /// A vision model read it.
    Transcribed {
        /// The model's name.
        model: String,
    },
    /// It holds no text to a vision model either.
    SeenEmpty {
        /// The model's name.
        model: String,
    },
}
