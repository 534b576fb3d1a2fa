//! Documents and their pages as a shell shows them.

mod blocks;
mod boxes;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use answer::title;
use extract::{Layout, SourceEngine};
use libraries::Library;
use library::{Document, DocumentId, DocumentState};
use secrecy::ExposeSecret as _;

use crate::Engine;
use crate::api::{ApiError, LibraryError, Link, LinkTarget, PageForm, PageRequest, PageView, RequestError};
use crate::errors::unreadable;
use crate::off_thread::off_thread;
use crate::overview::text;
use crate::utf16::Utf16;

impl Engine {
    /// A page's text with its structure, and the place of a quote on it.
    ///
    /// # Errors
    /// The document or the page is no longer in the library, or it cannot be read.
    pub async fn page(&self, request: PageRequest) -> Result<PageView, ApiError> {
        self.with_library(move |library| page(library, &request)).await
    }

    /// What a `footnote://` link opens.
    ///
    /// # Errors
    /// It is no such link, its document is not in the library, or the library cannot be read.
    pub async fn follow_link(&self, link: String) -> Result<LinkTarget, ApiError> {
        self.with_library(move |library| {
            let link: Link = link.parse()?;
            let document = library.known_document(link.document())?.ok_or(LibraryError::DocumentGone)?;
            let quote = link.quote().map(str::to_owned);
            Ok::<_, ApiError>(LinkTarget { document_id: document.id.0, page: link.page(), quote })
        })
        .await
    }

    /// The id of the document that a person or a program names: by its path or the end of it that no other document has.
    ///
    /// # Errors
    /// None or several are called so, or the library cannot be read.
    pub async fn document_named(&self, name: String) -> Result<i64, ApiError> {
        self.with_library(move |library| document_named(library, name)).await
    }

    /// The file of a document, to be opened in its own program.
    ///
    /// # Errors
    /// The document is no longer in the library, or it cannot be read.
    pub async fn document_path(&self, document_id: i64) -> Result<PathBuf, ApiError> {
        self.with_library(move |library| document(library, document_id)).await.map(|document| document.path)
    }

    /// The file of a document, as it is now. Only documents of the library can be named.
    ///
    /// # Errors
    /// The document is no longer in the library, or its file cannot be read.
    pub async fn document_bytes(&self, document_id: i64) -> Result<Vec<u8>, ApiError> {
        let path = self.document_path(document_id).await?;
        off_thread(move || std::fs::read(&path).map_err(|error| unreadable(&path, &error))).await
    }

    /// The password of a document, where its file is locked and Footnote knows it: for a viewer that opens the file
    /// itself. May wait until the person has unlocked the keychain.
    ///
    /// # Errors
    /// The document is no longer in the library, or it cannot be read.
    pub async fn document_password(&self, document_id: i64) -> Result<Option<String>, ApiError> {
        let passwords = Arc::clone(&self.passwords);
        let password = self.with_library(move |library| {
            let content = document(library, document_id)?.content_hash;
            Ok::<_, ApiError>(content.and_then(|content| passwords.of(content)))
        });
        Ok(password.await?.map(|password| password.expose_secret().to_owned()))
    }
}

pub(crate) fn document(library: &Library, id: i64) -> Result<Document, ApiError> {
    let document = library.document(DocumentId(id))?;
    document.ok_or_else(|| LibraryError::DocumentGone.into())
}

fn document_named(library: &Library, name: String) -> Result<i64, ApiError> {
    let path = Path::new(&name);
    if let Some(document) = library.known_document(path)? {
        return Ok(document.id.0);
    }
    let mut named = library.documents()?;
    named.retain(|document| document.state == DocumentState::Indexed && document.path.ends_with(path));
    match named.as_slice() {
        [document] if !name.is_empty() => Ok(document.id.0),
        [] | [_] => Err(RequestError::NoSuchDocument { name }.into()),
        _ => Err(RequestError::SeveralDocuments { name }.into()),
    }
}

fn page(library: &Library, request: &PageRequest) -> Result<PageView, ApiError> {
    let document = document(library, request.document_id)?;
    let page = library.page(document.id, request.page)?;
    let gone = || LibraryError::PageGone { document: text(&document.path), page: request.page };
    let page = page.ok_or_else(gone)?;
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
        labels: library.page_labels(document.id)?,
        blocks: layout.as_ref().map_or_else(Vec::new, |layout| blocks::of(layout, &page.text)),
        boxes: match (&layout, &mark) {
            (Some(layout), Some(mark)) => boxes::of(layout, mark),
            _ => Vec::new(),
        },
        mark: mark.map(|mark| Utf16::of(&page.text).range(mark)),
        text: page.text,
    })
}

/// By what read the page, because a name may lie; among texts by the name's ending.
fn form(ending: &str, source_engine: &str) -> PageForm {
    let printed = [SourceEngine::PdfExtract, SourceEngine::Pdfium, SourceEngine::VisionModel];
    let mut printed = printed.into_iter().chain(SourceEngine::RECOGNISING);
    if printed.any(|engine| engine.name() == source_engine) {
        return PageForm::Printed;
    }
    match ending {
        "md" | "markdown" | "mdown" | "mkd" => PageForm::Markdown,
        "txt" | "text" | "log" => PageForm::Plain,
        _ => PageForm::Blocks,
    }
}
