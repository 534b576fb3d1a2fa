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
    /// Where so many of its words hold a digit, a chunk is all figures; a table has about as many.
    pub(super) all_figures: f32,
    /// So many words more are counted there, so that a number alone is no table.
    pub(super) figures_words: f32,
    /// What stands at a place that the question names gets this much of the best score of its document more. Above 1, so that
    /// it goes before all else of it, found by words or not.
    pub(super) named_place: f32,
    /// In so many of their best chunks a caption or heading is looked for.
    pub(super) labels_among: usize,
    /// A longer stretch of pages is no place.
    pub(super) most_pages: u32,
    /// A neighbour joins a chunk where it has at least this share of the chunk's score.
    pub(super) neighbour: f32,
    /// Chunks of one page that are no further apart than this say the same page; a text without pages has many more.
    pub(super) same_place: u32,
    /// Two passages say the same where they share this much of their words, and all of their numbers.
    pub(super) same_words: f32,
    /// How many of the best passages a reranker reads: so many fit into 8,192 tokens.
    pub(super) reranked: usize,
    /// So many of the best passages are asked whether they bear on the question; the others say no more of it than these.
    pub(super) bearing_among: usize,
    /// Where no passage says this share of a question, its words weighed by their rarity, none answers it: the highest
    /// share that no answerable question of seven libraries fell below (docs/answers.md).
    pub(super) least_said: f32,
    /// A word of more than this share of all pages is one that their language cannot do without.
    pub(super) common: f32,
    /// A question with fewer common words is likely in another language than the documents: words tell nothing then.
    pub(super) least_common: usize,
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
    all_figures: 0.3,
    figures_words: 20.0,
    named_place: 1.1,
    labels_among: 200,
    most_pages: 20,
    neighbour: 0.6,
    same_place: 6,
    same_words: 0.95,
    reranked: 20,
    bearing_among: 12,
    least_said: 0.12,
    common: 0.2,
    least_common: 3,
};
