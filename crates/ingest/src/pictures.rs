//! Pages that are pictures: which of them a vision model has not seen yet.

use extract::{ExtractError, ILLEGIBLE, SourceEngine};
use libraries::Library;
use library::{Document, DocumentState, PageReading, Transcript};

/// The format whose pages can be drawn.
const DRAWN: &str = "pdf";

/// What there is to do about the pages of a document that are pictures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PicturePages {
    /// Those that the model has not read yet, in their order.
    pub unread: Vec<u32>,
    /// Whether others were read already, and the document does not have their texts yet.
    pub has_waiting: bool,
}

impl PicturePages {
    /// Nothing where a model has nothing to do.
    ///
    /// # Errors
    /// The library cannot be read.
    pub fn of(library: &Library, document: &Document, model: &str) -> Result<Option<Self>, library::Error> {
        let pictures = pictures(library, document)?;
        if pictures.is_empty() {
            return Ok(None);
        }
        let transcripts = match document.content_hash {
            Some(content) => library.transcripts(content)?,
            None => Vec::new(),
        };
        let is_read = |page: u32| transcripts.iter().any(|kept| kept.page == page && kept.model == model);
        let is_waiting = |kept: &Transcript| !kept.text.is_empty() && pictures.contains(&kept.page);
        let has_waiting = transcripts.iter().any(is_waiting);
        let unread: Vec<u32> = pictures.iter().copied().filter(|page| !is_read(*page)).collect();
        Ok((has_waiting || !unread.is_empty()).then_some(Self { unread, has_waiting }))
    }
}

/// The pages of whose picture nothing was read, or nothing legible, or text was recognised. A blank page is no picture.
fn pictures(library: &Library, document: &Document) -> Result<Vec<u32>, library::Error> {
    if document.format != DRAWN {
        return Ok(Vec::new());
    }
    match &document.state {
        // Their number is known where their pictures were all that was found.
        DocumentState::Failed(reason) => {
            let blank = match reason.read() {
                Some(ExtractError::NoText { blank, .. }) => blank,
                _ => Vec::new(),
            };
            Ok((1..=document.page_count).filter(|page| !blank.contains(page)).collect())
        }
        // Each such page is spoken of in a warning.
        DocumentState::Indexed if document.warnings.is_empty() => Ok(Vec::new()),
        DocumentState::Indexed => {
            let readings = library.page_readings(document.id)?;
            Ok(readings.iter().filter(|reading| is_picture(reading)).map(|reading| reading.number).collect())
        }
    }
}

/// Pages of files that lie in the document cannot be drawn with it.
fn is_picture(reading: &PageReading) -> bool {
    let is_drawn = reading.source_engine != SourceEngine::Text.name();
    let is_recognised = SourceEngine::RECOGNISING.iter().any(|engine| engine.name() == reading.source_engine);
    is_drawn && (is_recognised || reading.quality < ILLEGIBLE)
}
