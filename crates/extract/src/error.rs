//! Why a file gave up no text.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a file gave up no text: a code with its parameters, which whoever shows it puts into words. The codes are stored, so
/// they never change.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum ExtractError {
    /// The file could not be opened or read.
    Unreadable {
        /// The operating system's words.
        detail: String,
    },
    /// There are no bytes, or only zeros.
    Empty,
    /// The file is sound, but no page of it holds text.
    NoText {
        /// How many pages the file has.
        pages: u32,
        /// Those of them that show nothing, counted from 1.
        #[serde(default)]
        blank: Vec<u32>,
        /// What text recognition could do about it.
        recognition: TextRecognition,
    },
    /// The file is sound, but there is no text in it.
    Blank,
    /// The file opens only with a password: none was given, or another one than the file's.
    Encrypted,
    /// The file opens only with a password, and files of its kind are not opened with one.
    CannotUnlock,
    /// The file breaks the rules of its format so badly that nothing could be read.
    Damaged {
        /// What the parser met.
        detail: String,
    },
    /// No reader knows this kind of file.
    UnknownFormat,
    /// An archive of other files.
    Archive,
    /// A file of a known kind that no text is expected in.
    NotADocument {
        /// What it is.
        kind: OtherKind,
    },
    /// Unpacked, the file is larger than any that is read: far larger than real documents are.
    TooMuchText {
        /// The most that is read.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        megabytes: u64,
    },
    /// The file is larger than any that is read.
    TooLarge {
        /// The file's size.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        megabytes: u64,
        /// The largest size that is read.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        limit_megabytes: u64,
    },
    /// Reading took longer than a file of this size may take.
    TimedOut {
        /// The limit for this file.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        seconds: u64,
    },
    /// Reading took more memory than a file may take.
    OutOfMemory {
        /// The limit for any file.
        #[cfg_attr(feature = "typescript", ts(type = "number"))]
        megabytes: u64,
    },
    /// The reading process crashed on this file.
    WorkerDied,
    /// The reading process could not be started: a fault of the installation, not of the file.
    WorkerNotStarted {
        /// The operating system's words.
        detail: String,
    },
    /// A page cannot be drawn without PDFium.
    NoPdfium,
    /// The file is no PDF, or the page is not in it or broken.
    NotDrawn,
    /// The file is no more what it was when it was last read.
    Changed,
    /// It lies in too many other files.
    TooDeep,
    /// The caller asked to stop.
    Cancelled,
}

/// What text recognition (OCR) could do about pages that are pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum TextRecognition {
    /// It looked at them and found no text.
    FoundNothing,
    /// Tesseract is not installed.
    NoTesseract,
    /// PDFium, which draws the pages for it, was not found.
    NoPdfium,
}

/// Files of known kinds that no text is expected in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[cfg_attr(feature = "typescript", derive(ts_rs::TS))]
pub enum OtherKind {
    /// A picture.
    Picture,
    /// A sound recording.
    Sound,
    /// A film.
    Film,
    /// A program.
    Program,
    /// A font.
    Font,
}

/// For developers: the code as it stands here.
impl fmt::Display for ExtractError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

impl std::error::Error for ExtractError {}

impl ExtractError {
    /// The name that this kind of error is stored by.
    #[must_use]
    pub fn code(&self) -> String {
        let json = serde_json::to_value(self).unwrap_or_default();
        json["code"].as_str().unwrap_or_default().to_owned()
    }

    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self::Unreadable { detail: error.to_string() }
    }

    pub(crate) fn damaged(detail: impl fmt::Display) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }
}
