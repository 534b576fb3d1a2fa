-- What lexical search looks in is an index of its own beside the database (see `words.rs`), which follows this table: a row
-- for each document that ever was, with a new and higher revision whenever what it says changes or it goes.
DROP TABLE chunk_words;
DROP TABLE page_words;
DROP TABLE document_words;
CREATE TABLE word_changes (
    revision INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL UNIQUE
);
INSERT INTO word_changes (document_id) SELECT id FROM documents WHERE failure_code IS NULL ORDER BY id;
