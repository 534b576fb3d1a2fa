//! An extracted document as the library stores it.

use std::path::Path;

use extract::{ExtractedDocument, Layout, Page, Transcript};
use libraries::Library;
use library::{Coded, ContentHash, NewChunk, NewDocument, NewPage};

use super::Root;
use crate::chunk::{Chunk, chunk};
use crate::walk::FoundFile;

pub(super) fn new_document(
    root: &Root,
    file: &FoundFile,
    hash: ContentHash,
    extracted: &ExtractedDocument,
) -> NewDocument {
    NewDocument {
        path: file.path.clone(),
        folder: root.folder,
        format: format_of(&file.path),
        title: extracted.title.clone(),
        size: file.size,
        mtime_ns: file.modified_ns,
        content_hash: hash,
        pages: extracted.pages.iter().map(new_page).collect(),
        chunks: chunk(extracted, &name_of(&file.path)).into_iter().map(new_chunk).collect(),
        warnings: extracted.warnings.iter().map(Coded::of).collect(),
    }
}

/// What vision models read off the file's pages: of each page the latest text.
pub(super) fn transcripts(
    library: &Library,
    content: ContentHash,
) -> Result<Vec<Transcript>, library::Error> {
    let mut transcripts: Vec<Transcript> = Vec::new();
    for library::Transcript { page, model, text } in library.transcripts(content)? {
        match transcripts.iter_mut().find(|known| known.page == page) {
            None => transcripts.push(Transcript { page, model, text }),
            Some(known) if known.text.is_empty() => *known = Transcript { page, model, text },
            Some(_) => {}
        }
    }
    Ok(transcripts)
}

fn new_page(page: &Page) -> NewPage {
    NewPage {
        number: page.number,
        label: page.label.clone(),
        text: page.text.clone(),
        layout: Layout::of(page).encode(),
        quality: page.quality,
        source_engine: page.source_engine.name().to_owned(),
    }
}

fn new_chunk(chunk: Chunk) -> NewChunk {
    NewChunk {
        text: chunk.text,
        embedded_text: chunk.embedded_text,
        heading_path: chunk.headings,
        page_spans: chunk.pieces,
    }
}

/// The file's name without its folder.
pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// By the name; empty where it has no extension.
pub(super) fn format_of(path: &Path) -> String {
    path.extension().unwrap_or_default().to_string_lossy().to_lowercase()
}
