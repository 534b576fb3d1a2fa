-- When the row of a document was last written, also where its file was only moved or touched; `updated_at` is when what the
-- file holds was.
ALTER TABLE documents ADD COLUMN recorded_at INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET recorded_at = updated_at;
