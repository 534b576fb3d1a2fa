use serde::Serialize;

/// What is known of a question that the documents do not answer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub struct Nothing {
    /// Why nothing was found.
    pub reason: NothingReason,
    /// The words of the question that no document holds.
    pub unknown_words: Vec<String>,
    /// What the library holds: the names of the documents that can be searched, by path; the first of them where there
    /// are many.
    pub documents: Vec<String>,
    /// How many there are.
    pub document_count: u32,
}

/// Why nothing was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
#[cfg_attr(test, derive(ts_rs::TS), ts(export))]
pub enum NothingReason {
    /// No document was ever added.
    EmptyLibrary,
    /// Of all the files none could be read.
    NothingReadable,
    /// The filters leave no document over.
    NothingInPlace,
    /// Most of its words stand in no document: it may be in another language than these.
    OtherWords,
    /// No document says enough of it.
    NothingBears,
}
