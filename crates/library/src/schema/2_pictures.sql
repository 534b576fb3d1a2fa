-- Pictures that an endpoint made of an answer.
CREATE TABLE pictures (
    id INTEGER PRIMARY KEY,
    message_id INTEGER NOT NULL REFERENCES messages (id) ON DELETE CASCADE,
    media_type TEXT NOT NULL,
    bytes BLOB NOT NULL
);
CREATE INDEX pictures_by_message ON pictures (message_id);
