//! What pages are called: by the numbers printed on them, or else by what their file says.

use std::mem;

use extract::{Layout, Page};
use libraries::Library;
use library::DocumentId;
use tokio_util::sync::CancellationToken;

use super::printed_numbers::PrintedNumbers;
use crate::IngestError;

/// Of pages that are as printed; others have no edges.
pub(super) fn settle(pages: &mut [Page]) {
    let mut numbers = PrintedNumbers::default();
    let printed = || |page: &&mut Page| page.size.is_some();
    for page in pages.iter_mut().filter(printed()) {
        numbers.add(&page.text, &page.words);
    }
    let declared = pages.iter_mut().filter(printed()).map(|page| mem::take(&mut page.label)).collect();
    for (page, label) in pages.iter_mut().filter(printed()).zip(numbers.labels(declared)) {
        page.label = label;
    }
}

/// The same for documents that an earlier version stored, from what is stored of them: no file is read again.
pub(super) fn look_up(library: &Library, cancel: &CancellationToken) -> Result<(), IngestError> {
    for document in library.unlabelled_documents()? {
        if cancel.is_cancelled() {
            break;
        }
        library.set_page_labels(document, &stored_labels(library, document)?)?;
    }
    Ok(())
}

fn stored_labels(library: &Library, document: DocumentId) -> Result<Vec<Option<String>>, IngestError> {
    let mut numbers = PrintedNumbers::default();
    for number in 1.. {
        let Some(page) = library.page(document, number)? else { break };
        let Some(layout) = Layout::decode(&page.layout).filter(|layout| layout.size.is_some()) else { break };
        numbers.add(&page.text, &layout.words);
    }
    Ok(numbers.labels(Vec::new()))
}
