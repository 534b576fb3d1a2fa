//! SQLite, the truth of what is indexed, with the vector index derived from it; lexical and dense search.
