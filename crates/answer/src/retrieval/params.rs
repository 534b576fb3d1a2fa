//! What ranking counts, and how much: all of it in one place, with where each number comes from.

/// The numbers that ranking is made of. Where nothing else is said, the value was set by hand while developing on handbooks
/// (Contoso), filings (finance), abstracts (Cranfield) and mixed PDFs; docs/retrieval.md says what each step is worth on
/// those and on questions that were not looked at.
pub(super) struct Params {
    /// Chunks found by words: the document that the question names may stand far down.
    pub(super) chunks: usize,
    /// Pages found by words, for the same reason.
    pub(super) pages: usize,
    /// The nearest chunks that are looked at with what stands around them.
    pub(super) near: usize,
    /// How many of them are kept.
    pub(super) dense: usize,
    /// The surroundings of a chunk count so much of the chunk itself: a small chunk is found by what it says alone, and told
    /// from others like it by what stands around it.
    pub(super) surroundings: f32,
    /// A phrase counts this much of a word as rare as it.
    pub(super) phrase: f32,
    /// A chunk of the document that the question names gets this much more of its score.
    pub(super) named: f32,
    /// A word at the beginning of a document's text counts this much of one in its name.
    pub(super) beginning: f32,
    /// Where the question asks for an amount, a chunk of figures gets this much more of its score.
    pub(super) figures: f32,
    /// How many of the best chunks are looked at for figures: the boost brings none from behind them to the front.
    pub(super) figures_among: usize,
    /// A neighbour joins a chunk where it has at least this share of the chunk's score.
    pub(super) neighbour: f32,
    /// Chunks of one page that are no further apart than this say the same page; a text without pages has many more.
    pub(super) same_place: u32,
    /// Among so many passages from the top on, one document has at most `most_of_one` while others wait.
    pub(super) varied: usize,
    /// How many that is.
    pub(super) most_of_one: usize,
    /// Behind so many passages, documents that have not come up yet come first: the depth at which recall is measured.
    pub(super) first: usize,
    /// Two passages say the same where they share this much of their words, and all of their numbers.
    pub(super) same_words: f32,
    /// How many of the best passages a reranker reads: so many fit into 8,192 tokens.
    pub(super) reranked: usize,
}

/// Those in use.
pub(super) const PARAMS: Params = Params {
    chunks: 900,
    pages: 300,
    near: 300,
    dense: 200,
    surroundings: 1.0,
    phrase: 0.5,
    named: 1.0,
    beginning: 0.25,
    figures: 0.5,
    figures_among: 200,
    neighbour: 0.6,
    same_place: 6,
    varied: 10,
    most_of_one: 7,
    first: 20,
    same_words: 0.95,
    reranked: 20,
};
