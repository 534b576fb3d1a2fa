//! One state of the index of words, which a search reads.

use std::collections::{BTreeSet, HashMap};
use std::io;
use std::sync::Arc;

use tantivy::columnar::Column;
use tantivy::directory::META_LOCK;
use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::postings::SegmentPostings;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Index, IndexMeta, Opstamp, SegmentReader, TERMINATED, Term};
use text::StemLanguage;

use super::fields::{Table, fields};
use crate::DocumentId;

/// What a search reads: what was committed at one moment, or what had been stored.
#[derive(Default)]
pub(crate) struct Snapshot {
    /// The last change of the database that it has taken in.
    pub revision: u64,
    pub segments: Vec<Arc<Segment>>,
    /// How many documents there are.
    pub documents: u32,
    pub chunks: Extent,
    pub pages: Extent,
    languages: Vec<StemLanguage>,
}

/// How much a table holds.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Extent {
    /// Its rows with any word.
    pub rows: u32,
    /// Their words, those beside the text by their weight.
    words: f64,
}

/// A part of the index that never changes, but for entries that go.
pub(crate) struct Segment {
    reader: SegmentReader,
    document: Column<u64>,
    chunk: Column<u64>,
    page: Column<u64>,
    documents: u32,
    chunks: Extent,
    pages: Extent,
}

impl Snapshot {
    /// The last committed state of an index, with the segments that `before` has of it already.
    pub fn of(index: &Index, meta: &IndexMeta, revision: u64, before: &Self) -> tantivy::Result<Self> {
        let known: HashMap<(SegmentId, Option<Opstamp>), &Arc<Segment>> = before
            .segments
            .iter()
            .map(|segment| ((segment.reader.segment_id(), segment.reader.delete_opstamp()), segment))
            .collect();
        let segments =
            meta.segments.iter().map(|segment| match known.get(&(segment.id(), segment.delete_opstamp())) {
                Some(known) => Ok(Arc::clone(known)),
                None => Ok(Arc::new(Segment::open(SegmentReader::open(&index.segment(segment.clone()))?)?)),
            });
        Self::of_segments(segments.collect::<tantivy::Result<_>>()?, revision)
    }

    pub fn of_segments(segments: Vec<Arc<Segment>>, revision: u64) -> tantivy::Result<Self> {
        let languages = languages(&segments)?;
        let sum = |extent: fn(&Segment) -> Extent| Extent {
            rows: segments.iter().map(|segment| extent(segment).rows).sum(),
            words: segments.iter().map(|segment| extent(segment).words).sum(),
        };
        Ok(Self {
            revision,
            documents: segments.iter().map(|segment| segment.documents).sum(),
            chunks: sum(|segment| segment.chunks),
            pages: sum(|segment| segment.pages),
            languages,
            segments,
        })
    }

    /// The forms that a word has in the index: its stems in all languages of the documents.
    pub fn stems(&self, word: &str) -> Vec<String> {
        let mut stems: Vec<String> = Vec::new();
        for language in &self.languages {
            let stem = language.stem(word);
            if !stems.iter().any(|known| *known == stem) {
                stems.push(stem.into_owned());
            }
        }
        stems
    }

    /// Whether any entry holds one of these in a field.
    pub fn holds(&self, field: Field, stems: &[String]) -> tantivy::Result<bool> {
        for segment in &self.segments {
            for stem in stems {
                if segment.postings(field, stem, IndexRecordOption::Basic)?.is_some() {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// The documents with one of these in a field, each once, in the order of their ids.
    pub fn documents_with(&self, field: Field, stems: &[String]) -> tantivy::Result<Vec<DocumentId>> {
        let mut documents = BTreeSet::new();
        for segment in &self.segments {
            for stem in stems {
                let postings = segment.postings(field, stem, IndexRecordOption::Basic)?;
                segment.each_of(postings, |entry, _| {
                    documents.insert(segment.document(entry));
                });
            }
        }
        Ok(documents.into_iter().collect())
    }
}

fn languages(segments: &[Arc<Segment>]) -> io::Result<Vec<StemLanguage>> {
    let mut codes = BTreeSet::new();
    for segment in segments {
        let index = segment.reader.inverted_index(fields().language).map_err(io::Error::other)?;
        let mut terms = index.terms().stream()?;
        while terms.advance() {
            codes.insert(String::from_utf8_lossy(terms.key()).into_owned());
        }
    }
    Ok(codes.iter().filter_map(|code| StemLanguage::of_code(code)).collect())
}

impl Segment {
    fn open(reader: SegmentReader) -> tantivy::Result<Self> {
        let column = |field| reader.fast_fields().u64(reader.schema().get_field_name(field));
        let (document, chunk, page) =
            (column(fields().document)?, column(fields().chunk)?, column(fields().page)?);
        let mut segment = Self {
            document,
            chunk,
            page,
            documents: 0,
            chunks: Extent::default(),
            pages: Extent::default(),
            reader,
        };
        segment.documents = segment.count_documents()?;
        segment.chunks = segment.extent(&fields().chunks)?;
        segment.pages = segment.extent(&fields().pages)?;
        Ok(segment)
    }

    fn count_documents(&self) -> tantivy::Result<u32> {
        let index = self.reader.inverted_index(fields().language)?;
        let mut terms = index.terms().stream()?;
        let mut documents = 0;
        while terms.advance() {
            let postings = index.read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)?;
            self.each_of(Some(postings), |_, _| documents += 1);
        }
        Ok(documents)
    }

    fn extent(&self, table: &Table) -> tantivy::Result<Extent> {
        let lengths = self.lengths(table)?;
        let mut extent = Extent::default();
        for length in
            self.reader.doc_ids_alive().map(|entry| lengths.of(entry)).filter(|length| *length > 0.0)
        {
            extent.rows += 1;
            extent.words += f64::from(length);
        }
        Ok(extent)
    }

    /// How many entries there are, those that are gone included.
    pub fn entries(&self) -> usize {
        self.reader.max_doc() as usize
    }

    /// Whether entries are gone.
    pub fn has_gone(&self) -> bool {
        self.reader.has_deletes()
    }

    pub fn document(&self, entry: DocId) -> DocumentId {
        DocumentId(self.document.first(entry).unwrap_or_default() as i64)
    }

    pub fn chunk(&self, entry: DocId) -> Option<i64> {
        self.chunk.first(entry).map(|id| id as i64)
    }

    pub fn page(&self, entry: DocId) -> Option<u32> {
        self.page.first(entry).map(|number| number as u32)
    }

    pub fn lengths(&self, table: &Table) -> tantivy::Result<Lengths> {
        Ok(Lengths {
            text: self.reader.get_fieldnorms_reader(table.text)?,
            beside: self.reader.get_fieldnorms_reader(table.beside)?,
            weight: table.weight,
        })
    }

    pub fn postings(
        &self,
        field: Field,
        term: &str,
        option: IndexRecordOption,
    ) -> tantivy::Result<Option<SegmentPostings>> {
        let term = Term::from_field_text(field, term);
        Ok(self.reader.inverted_index(field)?.read_postings(&term, option)?)
    }

    /// The entries of a document.
    pub fn entries_of(&self, document: DocumentId) -> tantivy::Result<Vec<DocId>> {
        let term = Term::from_field_u64(fields().document, document.0 as u64);
        let postings =
            self.reader.inverted_index(fields().document)?.read_postings(&term, IndexRecordOption::Basic)?;
        let mut entries = Vec::new();
        self.each_of(postings, |entry, _| entries.push(entry));
        Ok(entries)
    }

    /// Goes through entries that are not gone, with how often each holds the term.
    pub fn each_of(&self, postings: Option<SegmentPostings>, mut use_entry: impl FnMut(DocId, u32)) {
        let Some(mut postings) = postings else { return };
        let mut entry = postings.doc();
        while entry != TERMINATED {
            if self.is_there(entry) {
                use_entry(entry, tantivy::postings::Postings::term_freq(&postings));
            }
            entry = postings.advance();
        }
    }

    pub fn is_there(&self, entry: DocId) -> bool {
        !self.reader.is_deleted(entry)
    }

    pub fn reader(&self) -> &SegmentReader {
        &self.reader
    }
}

impl Extent {
    /// The words of a row on average.
    pub fn mean(self) -> f32 {
        (self.words / f64::from(self.rows.max(1))) as f32
    }
}

/// How long the rows of a table are in a segment, to about a tenth.
pub(crate) struct Lengths {
    text: FieldNormReader,
    beside: FieldNormReader,
    weight: f32,
}

impl Lengths {
    pub fn of(&self, entry: DocId) -> f32 {
        self.text.fieldnorm(entry) as f32 + self.weight * self.beside.fieldnorm(entry) as f32
    }
}

/// Keeps the files of an index from being removed while they are opened; nothing where its folder may only be read.
pub(super) fn hold_files(index: &Index) -> Option<tantivy::directory::DirectoryLock> {
    tantivy::Directory::acquire_lock(index.directory(), &META_LOCK).ok()
}
