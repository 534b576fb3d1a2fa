//! `footnote search --explain`

use anyhow::Result;
use engine::Engine;
use engine::api::{
    ExplainRequest, Explanation, PageExplanation, PageRequest, Passage, Place, SearchResponse, Searched,
};
use engine::wording::{explanation, page};

use crate::arguments::PageOf;
use crate::failing::failure;
use crate::output::print;

/// Where the page asked for stands in each step of a search, or each of its passages where none is asked for.
pub(super) async fn explain(
    engine: &Engine,
    found: &SearchResponse,
    place: Place,
    page: Option<&PageOf>,
) -> Result<Explanation> {
    let pages = match page {
        Some(PageOf { document, page }) => {
            let document_id = engine.document_named(document.clone()).await.map_err(failure)?;
            vec![PageRequest { document_id, page: *page, quote: None }]
        }
        None => found.passages.iter().map(of_passage).collect(),
    };
    let request = ExplainRequest { searched: Searched::Query(found.query.clone()), pages, place };
    engine.explain(request).await.map_err(failure)
}

fn of_passage(passage: &Passage) -> PageRequest {
    let is_on_one_page = passage.page_first == passage.page_last;
    PageRequest {
        document_id: passage.document_id,
        page: passage.page_first,
        quote: is_on_one_page.then(|| passage.text.clone()),
    }
}

pub(super) fn print_page(explained: &PageExplanation) -> Result<()> {
    let page = page(explained.page, explained.page_label.as_ref());
    print(&format!("{}, {page}", explained.document))?;
    print_steps(explained)
}

pub(super) fn print_steps(explained: &PageExplanation) -> Result<()> {
    for line in explanation(explained) {
        print(&format!("   {line}"))?;
    }
    print("")
}
