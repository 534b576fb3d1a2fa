//! Pages as a shell shows them.

use std::path::PathBuf;

use answer::title;
use library::{Document, DocumentId};

use crate::Engine;
use crate::api::{ApiError, ErrorCode, PageRequest, PageView};
use crate::errors::api_error;
use crate::utf16::text_range;

impl Engine {
    /// A page's text, with the place of a quote on it.
    ///
    /// # Errors
    /// The document or the page is no longer in the library, or it cannot be read.
    pub fn page(&self, request: &PageRequest) -> Result<PageView, ApiError> {
        let document = self.document(request.document_id)?;
        let page = self.library.page(document.id, request.page).map_err(|error| api_error(&error))?;
        let page = page.ok_or_else(|| {
            gone(format!("{} has no page {} any more.", document.path.display(), request.page))
        })?;
        let quoted = request.quote.as_ref().filter(|quote| !quote.is_empty());
        let mark = quoted.and_then(|quote| {
            let start = page.text.find(quote.as_str())?;
            Some(text_range(&page.text, start..start + quote.len()))
        });
        Ok(PageView {
            document_id: document.id.0,
            title: title(document.title.as_deref(), &document.path),
            document: document.path.to_string_lossy().into_owned(),
            page: page.number,
            pages: document.page_count,
            text: page.text,
            mark,
        })
    }

    /// The file of a document, to be opened in its own program.
    ///
    /// # Errors
    /// The document is no longer in the library, or it cannot be read.
    pub fn document_path(&self, document_id: i64) -> Result<PathBuf, ApiError> {
        self.document(document_id).map(|document| document.path)
    }

    fn document(&self, id: i64) -> Result<Document, ApiError> {
        let document = self.library.document(DocumentId(id)).map_err(|error| api_error(&error))?;
        document.ok_or_else(|| gone("This document is no longer in the library.".to_owned()))
    }
}

fn gone(message: String) -> ApiError {
    ApiError { code: ErrorCode::Gone, message }
}
