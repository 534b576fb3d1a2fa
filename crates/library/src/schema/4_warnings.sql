-- What could not be read of a document that was taken in: a JSON list of sentences for people.
ALTER TABLE documents ADD COLUMN warnings TEXT NOT NULL DEFAULT '[]';
