-- One row. The identity tells this library's vector index from those of others.
CREATE TABLE library (
    identity TEXT NOT NULL,
    active_space INTEGER REFERENCES spaces (id)
);

CREATE TABLE folders (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE
);

-- Times are seconds since 1970. A document's id outlives its moves and is never given to another one.
CREATE TABLE documents (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    path TEXT NOT NULL UNIQUE,
    folder_id INTEGER REFERENCES folders (id),
    format TEXT NOT NULL,
    title TEXT,
    size INTEGER NOT NULL,
    mtime_ns INTEGER NOT NULL,
    content_hash BLOB,
    failure_code TEXT,
    failure_reason TEXT,
    page_count INTEGER NOT NULL DEFAULT 0,
    pages_without_text INTEGER NOT NULL DEFAULT 0,
    added_at INTEGER NOT NULL DEFAULT (unixepoch()),
    updated_at INTEGER NOT NULL DEFAULT (unixepoch())
);
CREATE INDEX documents_by_content ON documents (content_hash);
CREATE INDEX documents_by_folder ON documents (folder_id);

CREATE TABLE pages (
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    number INTEGER NOT NULL,
    quality REAL NOT NULL,
    source_engine TEXT NOT NULL,
    text TEXT NOT NULL,
    layout BLOB NOT NULL,
    UNIQUE (document_id, number)
);

-- The long texts stand last: a row is read only as far as it is asked for.
CREATE TABLE chunks (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text_hash BLOB NOT NULL,
    page_first INTEGER NOT NULL,
    page_last INTEGER NOT NULL,
    page_spans TEXT NOT NULL,
    heading_path TEXT NOT NULL,
    text TEXT NOT NULL,
    embedded_text TEXT NOT NULL,
    UNIQUE (document_id, ordinal)
);
-- Between a vector and its chunks and documents these two lead either way without a look at the rows.
CREATE INDEX chunks_by_text ON chunks (text_hash, document_id);
CREATE INDEX chunks_by_document ON chunks (document_id, text_hash);

-- Without content of its own: the texts stand in `chunks`, title and file name in `documents`, and nothing
-- is ever read back from here. `contentless_delete` lets rows go by their id alone.
CREATE VIRTUAL TABLE chunk_words USING fts5 (
    text, headings, title, file_name,
    content = '', contentless_delete = 1, tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE TABLE spaces (
    id INTEGER PRIMARY KEY,
    model TEXT NOT NULL,
    passage_instruction TEXT NOT NULL,
    dimensions INTEGER NOT NULL,
    UNIQUE (model, passage_instruction, dimensions)
);

-- Vectors are paid for: they outlive the chunks they were made for. Ids only ever grow and a row never
-- changes, so an index that knows the largest id it has taken in knows what it lacks.
CREATE TABLE vectors (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    space_id INTEGER NOT NULL REFERENCES spaces (id),
    text_hash BLOB NOT NULL,
    vector BLOB NOT NULL,
    UNIQUE (space_id, text_hash)
);

INSERT INTO library (identity) VALUES (lower(hex(randomblob(16))));

CREATE TABLE conversations (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    title TEXT NOT NULL,
    created_at INTEGER NOT NULL DEFAULT (unixepoch()),
    updated_at INTEGER NOT NULL DEFAULT (unixepoch())
);

CREATE TABLE messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    conversation_id INTEGER NOT NULL REFERENCES conversations (id) ON DELETE CASCADE,
    question TEXT NOT NULL,
    answer TEXT NOT NULL,
    created_at INTEGER NOT NULL DEFAULT (unixepoch())
);
CREATE INDEX messages_by_conversation ON messages (conversation_id);
