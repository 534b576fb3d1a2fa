//! Small documents, with vectors that tell their texts apart.

use std::path::PathBuf;

use library::{
    Candidates, Coded, ContentHash, DocumentId, EmbeddingSpace, Hit, Library, NewChunk, NewDocument, NewPage,
    PageHit, PageSpan, Query, Result, Scope, SpaceId, TextHash,
};
use serde_json::json;

pub const DIMENSIONS: usize = 32;

/// A document of one page and one chunk for each text.
pub fn document(path: &str, texts: &[&str]) -> NewDocument {
    let numbered = || (1..).zip(texts);
    NewDocument {
        path: PathBuf::from(path),
        folder: None,
        format: "text".to_owned(),
        title: None,
        size: texts.iter().map(|text| text.len() as u64).sum(),
        mtime_ns: 1_700_000_000_000_000_000,
        content_hash: ContentHash(TextHash::of(&texts.concat()).0),
        pages: numbered().map(|(number, text)| page(number, text)).collect(),
        chunks: numbered().map(|(number, text)| chunk(number, text)).collect(),
        warnings: vec![Coded::of(&json!({"code": "pages", "pages": [9]}))],
    }
}

fn page(number: u32, text: &str) -> NewPage {
    NewPage {
        number,
        label: Some(format!("F-{number}")),
        text: text.to_owned(),
        layout: vec![1, 2, 3],
        quality: 0.9,
        source_engine: "text".to_owned(),
    }
}

fn chunk(page: u32, text: &str) -> NewChunk {
    NewChunk {
        text: text.to_owned(),
        embedded_text: format!("A heading\n{text}"),
        heading_path: vec!["A heading".to_owned()],
        page_spans: vec![PageSpan { page, start: 0, end: text.len() }],
    }
}

pub fn space(library: &Library) -> SpaceId {
    let space = EmbeddingSpace {
        model: "letters".to_owned(),
        passage_instruction: String::new(),
        dimensions: DIMENSIONS,
    };
    library.space(&space, None).unwrap()
}

/// A vector of unit length by the text's own hash.
pub fn vector(text: &str) -> Vec<f32> {
    let hash = TextHash::of(text);
    let values = hash.0.map(|byte| f32::from(byte) - 127.5);
    let length = values.iter().map(|value| value * value).sum::<f32>().sqrt();
    values.map(|value| value / length).to_vec()
}

/// The vector that a sample's chunk with this text is stored with.
pub fn vector_of_chunk(text: &str) -> Vec<f32> {
    vector(&chunk(1, text).embedded_text)
}

/// Stores a document with the vectors of its chunks.
pub fn store(library: &Library, document: &NewDocument) -> DocumentId {
    let texts = document.chunks.iter().map(|chunk| chunk.embedded_text.as_str());
    let vectors: Vec<_> = texts.map(|text| (TextHash::of(text), vector(text))).collect();
    library.store_vectors(space(library), &vectors).unwrap();
    library.store_document(document).unwrap()
}

/// The texts of the chunks found.
pub fn texts(library: &Library, hits: &[Hit]) -> Vec<String> {
    let chunks: Vec<_> = hits.iter().map(|hit| hit.chunk).collect();
    library.passages(&chunks).unwrap().into_iter().map(|passage| passage.text).collect()
}

pub fn never() -> bool {
    false
}

/// One kind of candidates alone.
pub trait Search {
    fn find(&self, text: &str, vector: Option<&[f32]>, limit: usize, scope: &Scope) -> Result<Candidates>;

    fn search_lexical(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        Ok(self.find(query, None, limit, scope)?.lexical)
    }

    fn search_pages(&self, query: &str, limit: usize, scope: &Scope) -> Result<Vec<PageHit>> {
        Ok(self.find(query, None, limit, scope)?.pages)
    }

    /// With the similarity as the score.
    fn search_dense(&self, question: &[f32], limit: usize, scope: &Scope) -> Result<Vec<Hit>> {
        let near = self.find("", Some(question), limit, scope)?.near;
        Ok(near.iter().map(|hit| Hit { chunk: hit.chunk, score: hit.similarity }).collect())
    }
}

impl Search for Library {
    fn find(&self, text: &str, vector: Option<&[f32]>, limit: usize, scope: &Scope) -> Result<Candidates> {
        self.candidates(&Query { text, vector, scope, chunks: limit, pages: limit, near: limit })
    }
}
