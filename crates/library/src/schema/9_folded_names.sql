-- Path and file name in small letters, accents composed and parted by slashes: by these a scope finds documents.
ALTER TABLE documents ADD COLUMN folded_path TEXT NOT NULL DEFAULT '';
ALTER TABLE documents ADD COLUMN folded_name TEXT NOT NULL DEFAULT '';
CREATE INDEX documents_by_folded_path ON documents (folded_path);
CREATE INDEX documents_by_folded_name ON documents (folded_name);
