//! The documents as resources, by their `footnote://` links.

use std::path::Path;

use engine::Engine;
use engine::api::{ApiError, DocumentSummary, PageRequest, PageView};
use rmcp::model::{Resource, ResourceContents, ResourceTemplate};

use crate::results::link;

/// So many resources are listed at a time.
pub(crate) const MOST_LISTED: usize = 100;

/// A document is read up to the page on which it has become as long as this, in bytes; the later pages are read by
/// themselves.
const LONGEST: usize = 200_000;

pub(crate) fn resource(document: &DocumentSummary) -> Option<Resource> {
    let name = Path::new(&document.path).file_name()?.to_string_lossy().into_owned();
    let resource = Resource::new(link(&document.path, None)?, name);
    Some(resource.with_title(&document.title).with_description(&document.path).with_mime_type("text/plain"))
}

pub(crate) fn page_template() -> ResourceTemplate {
    ResourceTemplate::new("footnote://{+path}{?page}", "page")
        .with_title("A page of a document")
        .with_description(
            "The text of a page of a document, by the document's absolute path and the page's number.",
        )
        .with_mime_type("text/plain")
}

/// The page that a link names, or all pages of its document.
pub(crate) async fn read(engine: &Engine, uri: &str) -> Result<Vec<ResourceContents>, ApiError> {
    let target = engine.follow_link(uri.to_owned()).await?;
    let request = |page| PageRequest { document_id: target.document_id, page, quote: None };
    let first = engine.page(request(target.page.unwrap_or(1))).await?;
    if target.page.is_some() {
        return Ok(vec![contents(first)]);
    }
    let (pages, mut length) = (first.pages, first.text.len());
    let mut all = vec![contents(first)];
    for page in 2..=pages {
        if length > LONGEST {
            break;
        }
        let page = engine.page(request(page)).await?;
        length += page.text.len();
        all.push(contents(page));
    }
    Ok(all)
}

fn contents(page: PageView) -> ResourceContents {
    let uri = link(&page.document, Some(page.page)).unwrap_or_default();
    ResourceContents::text(page.text, uri)
}
