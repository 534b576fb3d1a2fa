//! The words by which a document, its pages and its chunks are found.

use std::collections::HashMap;
use std::path::Path;

use text::{StemLanguage, name_terms, search_terms};

/// A word in a heading or a title counts twice, one in a file name one and a half times: that is how often they stand
/// beside the text, where one counts half ([`BESIDE_CHUNK`]).
const IN_HEADINGS: usize = 4;
const IN_TITLE: usize = 4;
const IN_FILE_NAME: usize = 3;

/// What a word beside the text of a chunk counts.
pub const BESIDE_CHUNK: f32 = 0.5;

/// What a word at the beginning of a page counts more.
pub const BEGINNING_OF_PAGE: f32 = 2.0;

/// The beginning of a page often says what it shows; these bytes of it count more.
const PAGE_BEGINNING: usize = 160;

/// The beginning of a document, where who and what it is about is often said.
const DOCUMENT_BEGINNING: usize = 1_500;

/// By so many bytes of its text the language of a document is told.
const LANGUAGE_SAMPLE: usize = 8_000;

/// All words by which a document is searched. Each text of words has them as stems of the document's language, in their order
/// and parted by spaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentWords {
    /// The language of its stems.
    pub language: StemLanguage,
    /// For each page.
    pub pages: Vec<RowWords>,
    /// For each chunk.
    pub chunks: Vec<RowWords>,
    /// By which words it may be called: those of its title and file name.
    pub name: String,
    /// The same of the beginning of its text.
    pub beginning: String,
    /// Its words as they are written, by which slips are looked up.
    pub forms: Vec<String>,
}

/// The words of a page or a chunk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowWords {
    /// Of its text.
    pub text: String,
    /// Those that stand for the text: of a page its beginning, of a chunk its headings and the names of its document.
    pub beside: String,
}

impl DocumentWords {
    /// Of a document with these texts of pages, and these texts of chunks with the headings above each.
    #[must_use]
    pub fn of(title: Option<&str>, path: &Path, pages: &[&str], chunks: &[(&str, &[String])]) -> Self {
        let title = title.unwrap_or_default();
        let file_name = path.file_name().unwrap_or_default().to_string_lossy();
        let mut stems = Stems::of(StemLanguage::of(&beginning(pages, LANGUAGE_SAMPLE)));
        let of_pages = pages.iter().map(|text| RowWords {
            text: stems.words(text),
            beside: stems.words(first(text, PAGE_BEGINNING)),
        });
        let of_pages = of_pages.collect();
        let mut names = stems.words(title).repeat(IN_TITLE);
        names.push_str(&stems.words(&file_name).repeat(IN_FILE_NAME));
        let of_chunks = chunks.iter().map(|(text, headings)| RowWords {
            text: stems.words(text),
            beside: stems.words(&headings.join("\n")).repeat(IN_HEADINGS) + &names,
        });
        let of_chunks = of_chunks.collect();
        let stem = Path::new(&*file_name).file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        Self {
            language: stems.language,
            pages: of_pages,
            chunks: of_chunks,
            name: stems.joined([name_terms(title), name_terms(stem)].concat()),
            beginning: stems.joined(name_terms(&beginning(pages, DOCUMENT_BEGINNING))),
            forms: stems.stems.into_keys().collect(),
        }
    }
}

/// The stems of a document's words, each made once.
struct Stems {
    language: StemLanguage,
    stems: HashMap<String, String>,
}

impl Stems {
    fn of(language: StemLanguage) -> Self {
        Self { language, stems: HashMap::new() }
    }

    fn words(&mut self, text: &str) -> String {
        self.joined(search_terms(text))
    }

    fn joined(&mut self, words: Vec<String>) -> String {
        let mut joined = String::new();
        for word in words {
            let stem =
                self.stems.entry(word).or_insert_with_key(|word| self.language.stem(word).into_owned());
            joined.push_str(stem);
            joined.push(' ');
        }
        joined
    }
}

/// So many bytes of the pages' text.
fn beginning(pages: &[&str], bytes: usize) -> String {
    let mut beginning = String::new();
    for text in pages {
        if beginning.len() >= bytes {
            break;
        }
        beginning.push_str(first(text, bytes - beginning.len()));
        beginning.push('\n');
    }
    beginning
}

fn first(text: &str, bytes: usize) -> &str {
    &text[..text.floor_char_boundary(bytes)]
}
