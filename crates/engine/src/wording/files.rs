//! Why files were not taken in, and what is to be known of those that were.

use std::borrow::Cow;

use extract::{ExtractError, OtherKind, PageFinding, TextRecognition, Warning};

use super::requests::no_such_path;
use super::{error, page_ranges};
use crate::api::{DocumentWarning, Reason};

/// Why a file was not taken in, or not in full: what happened, and what to do.
#[must_use]
pub fn reason(reason: &Reason) -> Cow<'_, str> {
    match reason {
        Reason::NotFound { path, detail } => no_such_path(path, detail).into(),
        Reason::PageNotRead { page, error: failure } => {
            format!("Page {page} was not read: {}", error(&failure.message)).into()
        }
        Reason::NotEmbedded { passages, error: failure } => {
            let passages =
                if *passages == 1 { "1 passage was".into() } else { format!("{passages} passages were") };
            format!("{passages} not embedded, and found by words only: {}", error(&failure.message)).into()
        }
        Reason::Unread(error) => unread(error),
        Reason::Words(words) => words.into(),
    }
}

/// What a person should know of a document's text.
#[must_use]
pub fn warning(warning: &DocumentWarning) -> Cow<'_, str> {
    match warning {
        DocumentWarning::Coded(warning) => of_text(warning),
        DocumentWarning::Words(words) => words.into(),
    }
}

/// Why a file gave up no text. The file is not named: whoever shows this knows it.
#[must_use]
pub fn unread(error: &ExtractError) -> Cow<'static, str> {
    match error {
        ExtractError::Unreadable { detail } => {
            format!("The file cannot be read: {detail}. Check that it still exists and that you may open it.").into()
        }
        ExtractError::Empty => "The file is empty. If it should not be, copy or download it again.".into(),
        ExtractError::NoText { pages, recognition, .. } => {
            format!("None of its {pages} page(s) holds text: they are pictures, as a scanner makes them. {}", of_pictures(*recognition)).into()
        }
        ExtractError::Blank => {
            "The file holds no text. If it shows pictures of text, save it as PDF and run text recognition (OCR) over that.".into()
        }
        ExtractError::Encrypted => {
            "The file is locked with a password. Unlock it with that, or save a copy without a password.".into()
        }
        ExtractError::CannotUnlock => {
            "The file is protected with a password. Save a copy without the password and add that.".into()
        }
        ExtractError::Damaged { detail } => {
            format!("The file is damaged ({detail}). Open it in the program it came from and save it again.").into()
        }
        ExtractError::UnknownFormat => {
            "This kind of file is not read. Save it as PDF, an Office document or plain text and add that.".into()
        }
        ExtractError::Archive => "Archives are not opened. Unpack this one and add the files in it.".into(),
        ExtractError::NotADocument { kind } => {
            format!("This is {}, not a document. If its name says otherwise, save the document again.", of_kind(*kind)).into()
        }
        ExtractError::TooMuchText { megabytes } => {
            format!("Unpacked, the file holds more than {megabytes} MB, and that is not read. Split it.").into()
        }
        ExtractError::TooLarge { megabytes, limit_megabytes } => {
            format!("The file is too large: {megabytes} MB, and at most {limit_megabytes} MB are read. Split it.").into()
        }
        ExtractError::TimedOut { seconds } => {
            format!("Reading took longer than {seconds} s and was stopped. Save the file anew or split it.").into()
        }
        ExtractError::OutOfMemory { megabytes } => {
            format!("Reading needed more than {megabytes} MB of memory and was stopped. Split the file.").into()
        }
        ExtractError::WorkerDied => {
            "The file made its reader crash. Open it in the program it came from and save it again.".into()
        }
        ExtractError::WorkerNotStarted { detail } => {
            format!("The program that reads files did not start: {detail}. Restart Footnote or install it again.").into()
        }
        ExtractError::NoPdfium => "The page cannot be drawn: PDFium was not found. Install Footnote again.".into(),
        ExtractError::NotDrawn => "The page cannot be drawn. Open the file in another program and save it as PDF.".into(),
        ExtractError::Changed => {
            "The file has changed since it was read. Sync it and look again what there is to be read.".into()
        }
        ExtractError::TooDeep => "It lies in too many files.".into(),
        ExtractError::Cancelled => "Reading was cancelled. Sync the folder to read the file.".into(),
    }
}

fn of_pictures(recognition: TextRecognition) -> &'static str {
    match recognition {
        TextRecognition::FoundNothing => "Text recognition (OCR) found none on them either.",
        TextRecognition::NoTesseract => {
            "Install Tesseract (tesseract-ocr), which reads such pages, and add the file again."
        }
        TextRecognition::NoPdfium => {
            "To have them recognised PDFium is needed, and it was not found. Install Footnote again."
        }
    }
}

fn of_kind(kind: OtherKind) -> &'static str {
    match kind {
        OtherKind::Picture => "a picture",
        OtherKind::Sound => "a sound recording",
        OtherKind::Film => "a film",
        OtherKind::Program => "a program",
        OtherKind::Font => "a font",
    }
}

fn of_text(warning: &Warning) -> Cow<'_, str> {
    match warning {
        Warning::EncodingGuessed { encoding } => {
            format!("The text was read as {encoding}; the file does not name its encoding.").into()
        }
        Warning::CharactersLost => "Some characters could not be decoded and show as \u{fffd}.".into(),
        Warning::StructureLost { reason } => format!("The structure was not kept. {}", unread(reason)).into(),
        Warning::FormulasWithoutValues { sheet } => {
            format!("The sheet {sheet} has formulas whose values were never stored. Open the file in a spreadsheet program and save it.").into()
        }
        Warning::SheetNotRead { sheet, detail } => format!("The sheet {sheet}: {detail}").into(),
        Warning::ChapterNotRead { chapter, reason } => {
            format!("The chapter {chapter} could not be read. {}", unread(reason)).into()
        }
        Warning::AttachmentNotRead { name, reason } => {
            format!("The attachment {name} was not read. {}", unread(reason)).into()
        }
        Warning::AttachedFileNotRead { name, reason } => {
            format!("The attached file {name} was not read. {}", unread(reason)).into()
        }
        Warning::AttachedFileKnown { name } => {
            format!("The attached file {name} says what the pages say, and was left out.").into()
        }
        Warning::InFile { name, warning } => format!("{name}: {}", of_text(warning)).into(),
        Warning::OfficeNotice { detail } => detail.into(),
        Warning::Pages { pages, finding } => {
            let name = if pages.len() == 1 { "Page" } else { "Pages" };
            format!("{name} {} {}", page_ranges(pages), of_pages(finding)).into()
        }
    }
}

/// Goes on after "Pages 3, 5".
fn of_pages(finding: &PageFinding) -> Cow<'static, str> {
    match finding {
        PageFinding::Unfinished => "could not be read to the end; text may be missing.".into(),
        PageFinding::Unsure => "may be misread: PDFium, which reads such pages better, was not found.".into(),
        PageFinding::Illegible => {
            "cannot be read: the file does not say which letters its glyphs are. Tesseract and PDFium together read such \
             pages off their pictures."
                .into()
        }
        PageFinding::Stamped => {
            "may hold more than the few words that were read: if scanned, install Tesseract (tesseract-ocr) and add the \
             file again."
                .into()
        }
        PageFinding::WithoutText { recognition: TextRecognition::FoundNothing } => {
            "held no text, and text recognition (OCR) found none.".into()
        }
        PageFinding::WithoutText { recognition: TextRecognition::NoTesseract } => {
            "held no text; if scanned, install Tesseract (tesseract-ocr) and add the file again.".into()
        }
        PageFinding::WithoutText { recognition: TextRecognition::NoPdfium } => {
            "held no text, and could not be drawn for text recognition: PDFium was not found.".into()
        }
        PageFinding::Recognised => {
            "held no text that can be read; what stands there was recognised and may be misread.".into()
        }
        PageFinding::Transcribed { model } => {
            format!("held no text; {model} read what stands there, and may have misread it.").into()
        }
        PageFinding::SeenEmpty { model } => format!("held no text, and {model} found none.").into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_named_one_by_one() {
        let said =
            |pages: &[u32], finding| of_text(&Warning::Pages { pages: pages.to_vec(), finding }).into_owned();
        assert!(said(&[7], PageFinding::Unfinished).starts_with("Page 7 could not be read"));
        assert!(said(&[2, 4], PageFinding::Recognised).starts_with("Pages 2, 4 held no text"));
    }
}
