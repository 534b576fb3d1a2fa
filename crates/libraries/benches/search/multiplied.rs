//! The documents of a library, as often as wanted: each time with other words and numbers, so that terms are as rare in many
//! chunks as they are in few, and with vectors near those of the first.

use std::path::{Path, PathBuf};

use half::f16;
use libraries::Library;
use library::{ChunkId, ContentHash, DocumentId, EmbeddingSpace, NewChunk, NewDocument, NewPage, TextHash};
use rusqlite::Connection;

/// One word of so many is exchanged: the names and terms, while the words of all days stay.
const EXCHANGED: u64 = 3;

/// How far a copy's vectors are turned away from the first's: their similarity is .9 then, as that of texts on one subject.
const TURNED: f32 = 0.48;

const SPACE: &str = "multiplied";

pub struct Multiplied {
    documents: Vec<NewDocument>,
    /// For each chunk of each document.
    vectors: Vec<Vec<Vec<f32>>>,
}

impl Multiplied {
    /// Reads a library, which is brought to the latest form.
    pub fn read(directory: &Path) -> Self {
        let library = Library::open(directory).unwrap();
        library.pack(&|_| None, &|| false).unwrap();
        let database = Connection::open(directory.join("library.db")).unwrap();
        let mut of_chunk = database
            .prepare("SELECT context, vector FROM chunks JOIN vectors USING (text_hash) WHERE chunks.id = ?1")
            .unwrap();
        let mut source = Self { documents: Vec::new(), vectors: Vec::new() };
        for document in library.documents().unwrap() {
            let numbers = 1..=document.page_count;
            let pages: Vec<NewPage> =
                numbers.filter_map(|number| library.page(document.id, number).unwrap()).collect();
            let ids = chunks_of(&database, document.id);
            let (mut chunks, mut vectors) = (Vec::new(), Vec::new());
            for passage in library.passages(&ids).unwrap() {
                let of_chunk = of_chunk.query_row([passage.chunk.0], |row| Ok((row.get(0)?, row.get(1)?)));
                let (context, blob): (Option<String>, Vec<u8>) = of_chunk.unwrap();
                let words = passage.text.split_whitespace().collect::<Vec<_>>().join(" ");
                let values = blob.as_chunks().0.iter().map(|bytes| f16::from_le_bytes(*bytes).to_f32());
                vectors.push(values.collect());
                chunks.push(NewChunk {
                    text: passage.text,
                    embedded_text: format!("{}\n{words}", context.unwrap_or_default()),
                    heading_path: passage.heading_path,
                    page_spans: passage.page_spans,
                });
            }
            source.vectors.push(vectors);
            source.documents.push(NewDocument {
                path: document.path,
                folder: None,
                format: document.format,
                title: document.title,
                size: document.size,
                mtime_ns: document.mtime_ns,
                content_hash: ContentHash([0; 32]),
                pages,
                chunks,
                warnings: Vec::new(),
            });
        }
        source
    }

    pub fn dimensions(&self) -> usize {
        self.vectors.iter().flatten().next().map_or(0, Vec::len)
    }

    /// Fills a library until it has so many chunks.
    pub fn store(&self, library: &Library, count: usize) {
        let space = library.space(&space(self.dimensions()), None).unwrap();
        let mut stored = 0;
        for copy in 0.. {
            for (document, vectors) in self.documents.iter().zip(&self.vectors) {
                if stored >= count {
                    return;
                }
                let document = exchanged(document, copy);
                let texts = document.chunks.iter().map(|chunk| TextHash::of(&chunk.embedded_text));
                let turned = (0..).zip(vectors).map(|(at, vector)| turned(vector, copy * 1_000_003 + at));
                library.store_document(&document).unwrap();
                library.store_vectors(space, &texts.zip(turned).collect::<Vec<_>>()).unwrap();
                stored += document.chunks.len();
            }
        }
    }

    /// Some words of chunks from all over the documents, with vectors near those of the chunks.
    pub fn questions(&self, count: usize) -> Vec<(String, Vec<f32>)> {
        let chunks: Vec<(&NewChunk, &Vec<f32>)> = self
            .documents
            .iter()
            .zip(&self.vectors)
            .flat_map(|(document, vectors)| document.chunks.iter().zip(vectors))
            .collect();
        let every = (chunks.len() / count).max(1);
        let question = |(number, (chunk, vector)): (usize, &(&NewChunk, &Vec<f32>))| {
            let words: Vec<&str> =
                chunk.text.split_whitespace().skip(number % 7).take(5 + number % 8).collect();
            (words.join(" "), turned(vector, number as u64))
        };
        chunks.iter().step_by(every).enumerate().map(question).take(count).collect()
    }
}

fn space(dimensions: usize) -> EmbeddingSpace {
    EmbeddingSpace { model: SPACE.to_owned(), passage_instruction: String::new(), dimensions }
}

/// One of ten, for a copy.
pub fn folder(copy: u64) -> PathBuf {
    PathBuf::from(format!("/{}", copy % 10))
}

fn chunks_of(database: &Connection, document: DocumentId) -> Vec<ChunkId> {
    let mut select =
        database.prepare_cached("SELECT id FROM chunks WHERE document_id = ?1 ORDER BY ordinal").unwrap();
    select.query_map([document.0], |row| row.get(0).map(ChunkId)).unwrap().map(Result::unwrap).collect()
}

fn exchanged(document: &NewDocument, copy: u64) -> NewDocument {
    let text = |text: &str| exchanged_text(text, copy);
    let page = |page: &NewPage| NewPage { text: text(&page.text), ..page.clone() };
    let chunk = |chunk: &NewChunk| NewChunk {
        text: text(&chunk.text),
        embedded_text: text(&chunk.embedded_text),
        heading_path: chunk.heading_path.iter().map(|heading| text(heading)).collect(),
        page_spans: chunk.page_spans.clone(),
    };
    let name = document.path.file_name().unwrap().to_string_lossy();
    NewDocument {
        path: folder(copy).join(format!("{copy} {}", text(&name))),
        title: document.title.as_deref().map(text),
        pages: document.pages.iter().map(page).collect(),
        chunks: document.chunks.iter().map(chunk).collect(),
        ..document.clone()
    }
}

/// The same text with other numbers and, of its words, one of [`EXCHANGED`] for another of the same length: the same one
/// wherever it stands in this copy.
fn exchanged_text(text: &str, copy: u64) -> String {
    if copy == 0 {
        return text.to_owned();
    }
    let mut exchanged = String::with_capacity(text.len());
    for word in text.split_inclusive(|letter: char| !letter.is_ascii_alphanumeric()) {
        let letters = word.trim_end_matches(|letter: char| !letter.is_ascii_alphanumeric());
        let seed = hash(&letters.to_ascii_lowercase());
        let is_number = letters.bytes().all(|byte| byte.is_ascii_digit());
        if is_number || (letters.len() > 3 && seed.is_multiple_of(EXCHANGED)) {
            let mut random = Random(seed ^ (copy << 32));
            exchanged.extend(letters.chars().map(|letter| random.like(letter)));
        } else {
            exchanged.push_str(letters);
        }
        exchanged.push_str(&word[letters.len()..]);
    }
    exchanged
}

/// A vector that is as near to this one as another text on its subject.
fn turned(vector: &[f32], seed: u64) -> Vec<f32> {
    let mut random = Random(seed.wrapping_add(1));
    let away = TURNED / (vector.len() as f32).sqrt();
    // The sum of a few is nearly normally distributed, each with a variance of a twelfth.
    let mut normal = || (0..4).map(|_| random.share() - 0.5).sum::<f32>() * 3_f32.sqrt();
    let turned: Vec<f32> = vector.iter().map(|value| value + away * normal()).collect();
    let length = turned.iter().map(|value| value * value).sum::<f32>().sqrt();
    turned.iter().map(|value| value / length).collect()
}

fn hash(text: &str) -> u64 {
    let hash = blake3::hash(text.as_bytes());
    hash.as_bytes().iter().take(8).fold(0, |hash, byte| hash << 8 | u64::from(*byte))
}

/// Xorshift.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.max(1);
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn share(&mut self) -> f32 {
        (self.next() >> 40) as f32 / (1 << 24) as f32
    }

    /// Another letter of the same case, or another digit.
    fn like(&mut self, letter: char) -> char {
        let (first, count) = match letter {
            'a'..='z' => (b'a', 26),
            'A'..='Z' => (b'A', 26),
            '0'..='9' => (b'0', 10),
            _ => return letter,
        };
        char::from(first + (self.next() >> 33) as u8 % count)
    }
}
