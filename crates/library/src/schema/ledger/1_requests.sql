-- What left this computer, request by request (see `ledger.rs`). Times are seconds since 1970. `purpose` and `outcome` are codes;
-- no outcome is known of what Footnote did not live to see the end of.
CREATE TABLE requests (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at INTEGER NOT NULL DEFAULT (unixepoch()),
    host TEXT NOT NULL,
    is_local INTEGER NOT NULL,
    purpose TEXT NOT NULL,
    model TEXT,
    texts INTEGER NOT NULL,
    characters INTEGER NOT NULL,
    pictures INTEGER NOT NULL,
    outcome TEXT,
    prompt_tokens INTEGER,
    completion_tokens INTEGER,
    cost REAL
);
