//! What the index of words holds: an entry for each chunk, each page and each document.

use std::sync::LazyLock;

use tantivy::schema::{FAST, Field, INDEXED, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};

use super::document_words::{BEGINNING_OF_PAGE, BESIDE_CHUNK};

/// Entries of one kind, which are ranked among themselves.
pub(crate) struct Table {
    /// The words of the text, with their places.
    pub text: Field,
    /// Words that stand for the text.
    pub beside: Field,
    /// One of these counts so much of one in the text.
    pub weight: f32,
}

pub(crate) struct Fields {
    /// Of every entry: its document.
    pub document: Field,
    /// Of a chunk: its id.
    pub chunk: Field,
    /// Of a page: its number.
    pub page: Field,
    pub chunks: Table,
    pub pages: Table,
    /// Of a document: by which words it may be called.
    pub name: Field,
    /// The same of the beginning of its text.
    pub beginning: Field,
    /// Its words as they are written, by which beginnings and slips are looked up.
    pub forms: Field,
    /// The language of its stems.
    pub language: Field,
}

static SCHEMA: LazyLock<(Schema, Fields)> = LazyLock::new(|| {
    let mut schema = Schema::builder();
    let words = |option, lengths| {
        let indexing = TextFieldIndexing::default().set_tokenizer("whitespace");
        TextOptions::default().set_indexing_options(indexing.set_index_option(option).set_fieldnorms(lengths))
    };
    let places = || words(IndexRecordOption::WithFreqsAndPositions, true);
    let counts = || words(IndexRecordOption::WithFreqs, true);
    let presence = || words(IndexRecordOption::Basic, false);
    let fields = Fields {
        document: schema.add_u64_field("document", INDEXED | FAST),
        chunk: schema.add_u64_field("chunk", FAST),
        page: schema.add_u64_field("page", FAST),
        chunks: Table {
            text: schema.add_text_field("chunk_text", places()),
            beside: schema.add_text_field("chunk_names", counts()),
            weight: BESIDE_CHUNK,
        },
        pages: Table {
            text: schema.add_text_field("page_text", places()),
            beside: schema.add_text_field("page_beginning", counts()),
            weight: BEGINNING_OF_PAGE,
        },
        name: schema.add_text_field("name", presence()),
        beginning: schema.add_text_field("beginning", presence()),
        forms: schema.add_text_field("forms", presence()),
        language: schema.add_text_field("language", presence()),
    };
    (schema.build(), fields)
});

pub(super) fn schema() -> Schema {
    SCHEMA.0.clone()
}

pub(crate) fn fields() -> &'static Fields {
    &SCHEMA.1
}
