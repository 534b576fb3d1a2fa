-- What a person has taken out of a watched folder: a file, or a folder in it. A sync passes it over.
CREATE TABLE exclusions (path TEXT NOT NULL UNIQUE);
