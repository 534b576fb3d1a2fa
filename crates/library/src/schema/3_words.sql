-- What lexical search asks is put into one form before it is stored, and again before it is asked
-- (`text::search_terms`). All three tables are filled from `documents`, `pages` and `chunks` by code.
DROP TABLE chunk_words;
CREATE VIRTUAL TABLE chunk_words USING fts5 (
    text, headings, title, file_name,
    content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
-- Its row ids are made of the document's id and the page's number (see `page_words.rs`).
CREATE VIRTUAL TABLE page_words USING fts5 (
    text, beginning,
    content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
-- What a question may call a document: its title and file name, and the beginning of its text.
CREATE VIRTUAL TABLE document_words USING fts5 (
    name, beginning,
    content = '', contentless_delete = 1,
    tokenize = "porter unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
