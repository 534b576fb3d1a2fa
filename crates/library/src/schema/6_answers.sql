-- Answers in columns, in a form of their own: `version` says which (see `conversations/answer.rs`). Of version 0 are those
-- that could not be taken apart here; their `text` is all that was stored of them.
ALTER TABLE messages RENAME COLUMN answer TO text;
ALTER TABLE messages ADD COLUMN version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE messages ADD COLUMN outcome TEXT;
ALTER TABLE messages ADD COLUMN standalone TEXT;
ALTER TABLE messages ADD COLUMN filters TEXT;
ALTER TABLE messages ADD COLUMN model TEXT;
ALTER TABLE messages ADD COLUMN built_in INTEGER;
ALTER TABLE messages ADD COLUMN usage TEXT;
ALTER TABLE messages ADD COLUMN timings TEXT;
ALTER TABLE messages ADD COLUMN coverage TEXT;
ALTER TABLE messages ADD COLUMN reranking TEXT;
ALTER TABLE messages ADD COLUMN error TEXT;
ALTER TABLE messages ADD COLUMN earlier TEXT;
ALTER TABLE messages ADD COLUMN passages TEXT;
ALTER TABLE messages ADD COLUMN citations TEXT;
ALTER TABLE messages ADD COLUMN uncited TEXT;
ALTER TABLE messages ADD COLUMN opinion TEXT;
UPDATE messages SET
    version = 1,
    outcome = CASE WHEN text ->> 'refused' THEN 'not_in_documents' WHEN text ->> 'state' = 'complete' THEN 'answered'
              ELSE text ->> 'state' END,
    standalone = text ->> 'standalone',
    filters = coalesce(text -> 'filters', '[]'),
    model = text ->> 'model',
    built_in = text ->> 'built_in',
    usage = text -> 'usage',
    timings = text -> 'timings_ms',
    coverage = json_object('indexed', text -> '$.coverage.searched', 'failed', text -> '$.coverage.failed',
                           'pages_without_text', text -> '$.coverage.pages_without_text'),
    reranking = coalesce(text -> 'reranking', 'null'),
    error = coalesce(text -> 'error', 'null'),
    earlier = coalesce(text -> 'earlier', 'null'),
    passages = text -> 'passages',
    citations = text -> 'citations',
    uncited = coalesce(text -> 'uncited', '[]'),
    opinion = coalesce(text -> 'second_opinion', 'null'),
    text = text ->> 'answer'
WHERE CASE WHEN json_valid(text) THEN json_type(text, '$.answer') = 'text' AND json_type(text, '$.state') = 'text' END;

-- One row a conversation, with its id: its title, and all that was asked and answered in it.
CREATE VIRTUAL TABLE conversation_words USING fts5 (
    title, said,
    content = '', contentless_delete = 1,
    tokenize = "unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
);
