//! Documents and their pages as a shell shows them.

mod blocks;
mod boxes;

use std::path::PathBuf;

use answer::title;
use extract::{Layout, SourceEngine};
use library::{Document, DocumentId};
use secrecy::ExposeSecret as _;

use crate::Engine;
use crate::api::{ApiError, ErrorCode, PageForm, PageRequest, PageView};
use crate::errors::api_error;
use crate::utf16::Utf16;

impl Engine {
    /// A page's text with its structure, and the place of a quote on it.
    ///
    /// # Errors
    /// The document or the page is no longer in the library, or it cannot be read.
    pub fn page(&self, request: &PageRequest) -> Result<PageView, ApiError> {
        let document = self.document(request.document_id)?;
        let page = self.library.page(document.id, request.page).map_err(|error| api_error(&error))?;
        let page = page.ok_or_else(|| {
            gone(format!("{} has no page {} any more.", document.path.display(), request.page))
        })?;
        let quote = request.quote.as_ref().filter(|quote| !quote.is_empty());
        let mark = quote.and_then(|quote| {
            let start = page.text.find(quote.as_str())?;
            Some(start..start + quote.len())
        });
        let layout = Layout::decode(&page.layout);
        Ok(PageView {
            document_id: document.id.0,
            title: title(document.title.as_deref(), &document.path),
            document: document.path.to_string_lossy().into_owned(),
            form: form(&document.format, &page.source_engine),
            page: page.number,
            pages: document.page_count,
            blocks: layout.as_ref().map_or_else(Vec::new, |layout| blocks::of(layout, &page.text)),
            boxes: match (&layout, &mark) {
                (Some(layout), Some(mark)) => boxes::of(layout, mark),
                _ => Vec::new(),
            },
            mark: mark.map(|mark| Utf16::of(&page.text).range(mark)),
            text: page.text,
        })
    }

    /// The file of a document, to be opened in its own program.
    ///
    /// # Errors
    /// The document is no longer in the library, or it cannot be read.
    pub fn document_path(&self, document_id: i64) -> Result<PathBuf, ApiError> {
        self.document(document_id).map(|document| document.path)
    }

    /// The file of a document, as it is now. Only documents of the library can be named.
    ///
    /// # Errors
    /// The document is no longer in the library, or its file cannot be read.
    pub fn document_bytes(&self, document_id: i64) -> Result<Vec<u8>, ApiError> {
        let path = self.document_path(document_id)?;
        std::fs::read(&path).map_err(|error| {
            gone(format!("{} cannot be read: {error}. Look whether the file is still there.", path.display()))
        })
    }

    /// The password of a document, where its file is locked and Footnote knows it: for a viewer that opens the file
    /// itself. May block until the person has unlocked the keychain.
    ///
    /// # Errors
    /// The document is no longer in the library, or it cannot be read.
    pub fn document_password(&self, document_id: i64) -> Result<Option<String>, ApiError> {
        let content = self.document(document_id)?.content_hash;
        let password = content.and_then(|content| self.passwords.of(content));
        Ok(password.map(|password| password.expose_secret().to_owned()))
    }

    fn document(&self, id: i64) -> Result<Document, ApiError> {
        let document = self.library.document(DocumentId(id)).map_err(|error| api_error(&error))?;
        document.ok_or_else(|| gone("This document is no longer in the library.".to_owned()))
    }
}

/// By what read the page, because a name may lie; among texts by the name's ending.
fn form(ending: &str, source_engine: &str) -> PageForm {
    let printed =
        [SourceEngine::PdfExtract, SourceEngine::Pdfium, SourceEngine::Tesseract, SourceEngine::VisionModel];
    if printed.iter().any(|engine| engine.name() == source_engine) {
        return PageForm::Printed;
    }
    match ending {
        "md" | "markdown" | "mdown" | "mkd" => PageForm::Markdown,
        "txt" | "text" | "log" => PageForm::Plain,
        _ => PageForm::Blocks,
    }
}

fn gone(message: String) -> ApiError {
    ApiError { code: ErrorCode::Gone, message }
}
