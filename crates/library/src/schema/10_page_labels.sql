-- What the pages of a document are called: a JSON list, a text or null for each page from the first on; NULL where nobody
-- has looked yet, which the next job does.
ALTER TABLE documents ADD COLUMN page_labels TEXT;
