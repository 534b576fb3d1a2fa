//! What the tools give.

use std::path::Path;

use engine::api::{
    Answer, Citation, DocumentSummary, Fact, FactKind, FactPlace, Link, PageView, Passage, SearchResponse,
};
use engine::wording;
use schemars::JsonSchema;
use serde::Serialize;

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Found {
    /// Best first.
    passages: Vec<FoundPassage>,
    /// Why there are none, or that these are only the nearest.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    /// How many files were searched, and how many could not be read.
    searched: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct FoundPassage {
    /// The document's path.
    document: String,
    title: String,
    /// Counted from 1.
    first_page: u32,
    last_page: u32,
    /// What the first page is called in print, where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed_page: Option<String>,
    /// The headings above it, the highest first.
    #[serde(skip_serializing_if = "String::is_empty")]
    section: String,
    /// Word for word as in the document.
    quote: String,
    /// Opens the page with the quote marked.
    link: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Answered {
    /// With markers such as `[1]`, which stand for the citations. Empty where the documents hold no answer.
    answer: String,
    /// Whether the documents hold no answer.
    not_in_documents: bool,
    /// Why there is no answer, or why it ends early.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
    citations: Vec<CheckedCitation>,
    /// Who wrote it: a chat model, or the built-in model, which quotes and does not write.
    written_by: String,
    /// How many files were searched, and how many could not be read.
    searched: String,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CheckedCitation {
    /// The number in the marker.
    marker: u32,
    /// The document's path.
    document: String,
    title: String,
    /// Counted from 1.
    page: u32,
    /// What the page is called in print, where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed_page: Option<String>,
    /// Word for word as on the page.
    quote: String,
    /// What a check of the cited sentence against the quote has found, in words. It is no verdict on whether the sentence
    /// is true.
    check: Vec<String>,
    /// Whether something of the sentence stands nowhere in what it cites: tell the person, and read the page.
    alarm: bool,
    /// The figures, dates and names of the sentence, and where each stands.
    facts: Vec<CheckedFact>,
    /// Opens the page with the quote marked.
    link: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct CheckedFact {
    text: String,
    /// figure, date or name
    kind: &'static str,
    /// in the quote, in the passage, on the page, in the title, in part, or nowhere
    stands: &'static str,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Page {
    /// The document's path.
    document: String,
    title: String,
    /// Counted from 1.
    page: u32,
    /// What the page is called in print, where it is not by its number.
    #[serde(skip_serializing_if = "Option::is_none")]
    printed_page: Option<String>,
    /// How many pages the document has.
    pages: u32,
    /// Word for word as on the page.
    text: String,
    /// Opens the page.
    link: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct Documents {
    /// In the order of their paths.
    documents: Vec<Document>,
    /// How many there are in all.
    total: usize,
    /// Where to go on, if there are more.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<usize>,
}

#[derive(Debug, Serialize, JsonSchema)]
struct Document {
    /// The document's path.
    document: String,
    title: String,
    pages: u32,
    /// The day that its file was last changed on.
    changed: String,
    /// Why it cannot be searched, if so.
    #[serde(skip_serializing_if = "Option::is_none")]
    unreadable: Option<String>,
    /// Opens the document.
    link: Option<String>,
}

pub(crate) fn link(document: &str, page: Option<u32>) -> Option<String> {
    Link::to(Path::new(document), page, None).map(|link| link.to_string())
}

impl From<SearchResponse> for Found {
    fn from(found: SearchResponse) -> Self {
        let only_nearest = (!found.passages.is_empty()).then_some("These are only the nearest. ");
        let note = |nothing| only_nearest.unwrap_or_default().to_owned() + &wording::why_nothing(nothing);
        Self {
            note: found.nothing.as_ref().map(note),
            searched: wording::coverage(&found.coverage),
            passages: found.passages.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<Passage> for FoundPassage {
    fn from(passage: Passage) -> Self {
        Self {
            link: passage.link().map(|link| link.to_string()),
            document: passage.document,
            title: passage.title,
            first_page: passage.page_first,
            last_page: passage.page_last,
            printed_page: passage.page_label_first,
            section: passage.section,
            quote: passage.text,
        }
    }
}

impl From<Answer> for Answered {
    fn from(answer: Answer) -> Self {
        let broken_off = answer.error.as_ref().map(|error| wording::error(&error.message).into_owned());
        Self {
            note: answer.nothing.as_ref().map(wording::why_nothing).or(broken_off),
            searched: wording::coverage(&answer.coverage),
            citations: answer.citations.into_iter().map(Into::into).collect(),
            answer: answer.answer,
            not_in_documents: answer.refused,
            written_by: answer.model,
        }
    }
}

impl From<Citation> for CheckedCitation {
    fn from(citation: Citation) -> Self {
        let facts = citation.facts.as_ref();
        Self {
            link: citation.link().map(|link| link.to_string()),
            check: facts.map(wording::facts).unwrap_or_default(),
            alarm: facts.is_some_and(engine::api::Facts::raise_alarm),
            facts: facts.map(|facts| facts.items.iter().map(Into::into).collect()).unwrap_or_default(),
            marker: citation.marker,
            document: citation.document,
            title: citation.title,
            page: citation.page,
            printed_page: citation.page_label,
            quote: citation.quote,
        }
    }
}

impl From<&Fact> for CheckedFact {
    fn from(fact: &Fact) -> Self {
        Self {
            text: fact.text.clone(),
            kind: match fact.kind {
                FactKind::Figure => "figure",
                FactKind::Date => "date",
                FactKind::Name => "name",
            },
            stands: match fact.place {
                FactPlace::Quote => "in the quote",
                FactPlace::Passage => "in the passage",
                FactPlace::Page => "on the page",
                FactPlace::Title => "in the title",
                FactPlace::InPart => "in part",
                FactPlace::Nowhere => "nowhere",
            },
        }
    }
}

impl From<PageView> for Page {
    fn from(view: PageView) -> Self {
        Self {
            link: link(&view.document, Some(view.page)),
            printed_page: view.labels.get(view.page as usize - 1).cloned().flatten(),
            document: view.document,
            title: view.title,
            page: view.page,
            pages: view.pages,
            text: view.text,
        }
    }
}

impl Documents {
    /// So many at a time: what a model has to read.
    const MOST: usize = 100;

    pub(crate) fn of(all: Vec<DocumentSummary>, containing: Option<&str>, start: usize) -> Self {
        let wanted = containing.unwrap_or_default().to_lowercase();
        let has = |text: &str| text.to_lowercase().contains(&wanted);
        let mut documents = all;
        documents.retain(|document| has(&document.path) || has(&document.title));
        let total = documents.len();
        let end = start.saturating_add(Self::MOST);
        Self {
            documents: documents.into_iter().skip(start).take(Self::MOST).map(Into::into).collect(),
            total,
            next: (end < total).then_some(end),
        }
    }
}

impl From<DocumentSummary> for Document {
    fn from(document: DocumentSummary) -> Self {
        let changed = jiff::Timestamp::from_second(document.modified_at).unwrap_or_default();
        Self {
            link: link(&document.path, None),
            changed: changed.strftime("%Y-%m-%d").to_string(),
            unreadable: document.failure.map(|failure| wording::reason(&failure.reason).into_owned()),
            document: document.path,
            title: document.title,
            pages: document.pages,
        }
    }
}
