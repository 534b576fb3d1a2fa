//! Why a file gave up no text, in words for the person whose file it is.

use serde::{Deserialize, Serialize};

/// Why a file gave up no text. The messages do not name the file: whoever shows them knows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum ExtractError {
    /// The file could not be opened or read.
    #[error("The file cannot be read: {detail}. Check that it still exists and that you may open it.")]
    Unreadable {
        /// The operating system's words.
        detail: String,
    },
    /// There are no bytes, or only zeros.
    #[error("The file is empty. If it should not be, copy or download it again.")]
    Empty,
    /// The file is sound, but no page of it holds text.
    #[error("None of its {pages} page(s) holds text: they are pictures, as a scanner makes them. {}", recognition.about_file())]
    NoText {
        /// How many pages the file has.
        pages: u32,
        /// What text recognition could do about it.
        recognition: TextRecognition,
    },
    /// The file is sound, but there is no text in it.
    #[error(
        "The file holds no text. If it shows pictures of text, save it as PDF and run text recognition (OCR) over that."
    )]
    Blank,
    /// The file opens only with a password: none was given, or another one than the file's.
    #[error("The file is locked with a password. Unlock it with that, or save a copy without a password.")]
    Encrypted,
    /// The file opens only with a password, and files of its kind are not opened with one.
    #[error("The file is protected with a password. Save a copy without the password and add that.")]
    CannotUnlock,
    /// The file breaks the rules of its format so badly that nothing could be read.
    #[error("The file is damaged ({detail}). Open it in the program it came from and save it again.")]
    Damaged {
        /// What the parser met.
        detail: String,
    },
    /// No reader knows this kind of file.
    #[error("This kind of file is not read. Save it as PDF, an Office document or plain text and add that.")]
    UnknownFormat,
    /// An archive of other files.
    #[error("Archives are not opened. Unpack this one and add the files in it.")]
    Archive,
    /// A file of a known kind that no text is expected in.
    #[error("This is {kind}, not a document. If its name says otherwise, save the document again.")]
    NotADocument {
        /// What it is, with its article.
        kind: String,
    },
    /// Unpacked, the file is larger than any that is read: far larger than real documents are.
    #[error("Unpacked, the file holds more than {megabytes} MB, and that is not read. Split it.")]
    TooMuchText {
        /// The most that is read.
        megabytes: u64,
    },
    /// The file is larger than any that is read.
    #[error("The file is too large: {megabytes} MB, and at most {limit_megabytes} MB are read. Split it.")]
    TooLarge {
        /// The file's size.
        megabytes: u64,
        /// The largest size that is read.
        limit_megabytes: u64,
    },
    /// Reading took longer than a file of this size may take.
    #[error("Reading took longer than {seconds} s and was stopped. Save the file anew or split it.")]
    TimedOut {
        /// The limit for this file.
        seconds: u64,
    },
    /// Reading took more memory than a file may take.
    #[error("Reading needed more than {megabytes} MB of memory and was stopped. Split the file.")]
    OutOfMemory {
        /// The limit for any file.
        megabytes: u64,
    },
    /// The reading process crashed on this file.
    #[error("The file made its reader crash. Open it in the program it came from and save it again.")]
    WorkerDied,
    /// The reading process could not be started: a fault of the installation, not of the file.
    #[error("The program that reads files did not start: {detail}. Restart Footnote or install it again.")]
    WorkerNotStarted {
        /// The operating system's words.
        detail: String,
    },
    /// A page cannot be drawn without PDFium.
    #[error("The page cannot be drawn: PDFium was not found. Install Footnote again.")]
    NoPdfium,
    /// The file is no PDF, or the page is not in it or broken.
    #[error("The page cannot be drawn. Open the file in another program and save it as PDF.")]
    NotDrawn,
    /// The caller asked to stop.
    #[error("Reading was cancelled. Sync the folder to read the file.")]
    Cancelled,
}

/// What text recognition (OCR) could do about pages that are pictures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextRecognition {
    /// It looked at them and found no text.
    FoundNothing,
    /// Tesseract is not installed.
    NoTesseract,
    /// PDFium, which draws the pages for it, was not found.
    NoPdfium,
}

impl TextRecognition {
    fn about_file(self) -> &'static str {
        match self {
            Self::FoundNothing => "Text recognition (OCR) found none on them either.",
            Self::NoTesseract => {
                "Install Tesseract (tesseract-ocr), which reads such pages, and add the file again."
            }
            Self::NoPdfium => {
                "To have them recognised PDFium is needed, and it was not found. Install Footnote again."
            }
        }
    }

    /// Goes on after "Pages 3, 5".
    pub(crate) fn about_pages(self) -> &'static str {
        match self {
            Self::FoundNothing => "held no text, and text recognition (OCR) found none.",
            Self::NoTesseract => {
                "held no text; if scanned, install Tesseract (tesseract-ocr) and add the file again."
            }
            Self::NoPdfium => {
                "held no text, and could not be drawn for text recognition: PDFium was not found."
            }
        }
    }
}

impl ExtractError {
    /// A name for this kind of error that never changes, for stored records and the UI.
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unreadable { .. } => "unreadable",
            Self::Empty => "empty",
            Self::NoText { .. } => "no-text",
            Self::Blank => "blank",
            Self::Encrypted => "encrypted",
            Self::CannotUnlock => "cannot-unlock",
            Self::Damaged { .. } => "damaged",
            Self::UnknownFormat => "unknown-format",
            Self::Archive => "archive",
            Self::NotADocument { .. } => "not-a-document",
            Self::TooMuchText { .. } => "too-much-text",
            Self::TooLarge { .. } => "too-large",
            Self::TimedOut { .. } => "timed-out",
            Self::OutOfMemory { .. } => "out-of-memory",
            Self::WorkerDied => "worker-died",
            Self::WorkerNotStarted { .. } => "worker-not-started",
            Self::NoPdfium => "no-pdfium",
            Self::NotDrawn => "not-drawn",
            Self::Cancelled => "cancelled",
        }
    }

    pub(crate) fn unreadable(error: &std::io::Error) -> Self {
        Self::Unreadable { detail: error.to_string() }
    }

    pub(crate) fn damaged(detail: impl std::fmt::Display) -> Self {
        Self::Damaged { detail: detail.to_string() }
    }
}
