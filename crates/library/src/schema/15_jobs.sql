-- Work that was asked for and has not come to its end, in the order of asking: what it is, is the engine's to know. One that
-- has begun and that nobody does was left behind by a process that ended early.
CREATE TABLE jobs (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    work TEXT NOT NULL,
    begun INTEGER NOT NULL DEFAULT FALSE,
    paused INTEGER NOT NULL DEFAULT FALSE
);
-- Where the model of a space is found, in the engine's words; NULL where an older version filled it.
ALTER TABLE spaces ADD COLUMN source TEXT;
