-- What vision models read off pictures of pages. It is paid for, so it is kept apart from the pages, under the hash of
-- the file's bytes, and goes when no document has that content any more. (One whose hash is to be found anew may.)
CREATE TABLE transcripts (
    id INTEGER PRIMARY KEY,
    content_hash BLOB NOT NULL,
    page INTEGER NOT NULL,
    model TEXT NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (content_hash, page, model)
);
CREATE TRIGGER transcripts_of_removed AFTER DELETE ON documents
WHEN NOT EXISTS (SELECT 1 FROM documents WHERE content_hash = old.content_hash
    OR (content_hash IS NULL AND failure_code IS NOT 'unreadable'))
BEGIN
    DELETE FROM transcripts WHERE content_hash = old.content_hash;
END;
CREATE TRIGGER transcripts_of_changed AFTER UPDATE OF content_hash ON documents
WHEN new.content_hash <> old.content_hash
    AND NOT EXISTS (SELECT 1 FROM documents WHERE content_hash = old.content_hash
    OR (content_hash IS NULL AND failure_code IS NOT 'unreadable'))
BEGIN
    DELETE FROM transcripts WHERE content_hash = old.content_hash;
END;
-- Read once more by the next job, which notes how many pages they have.
UPDATE documents SET mtime_ns = -1 WHERE failure_code = 'no-text';
