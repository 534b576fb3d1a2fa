-- Every table that grows with the documents is keyed by the document first, so that it can be sharded by it. Times are seconds
-- since 1970.
CREATE TABLE library (
    only_row boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    active_space integer
);
INSERT INTO library DEFAULT VALUES;

CREATE TABLE folders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path bytea NOT NULL UNIQUE
);
CREATE TABLE exclusions (path bytea PRIMARY KEY);
CREATE TABLE mount_points (path bytea PRIMARY KEY);

-- `failure` is why a file gave no text. The last columns are its share of what ranking counts by.
CREATE TABLE documents (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    path bytea NOT NULL UNIQUE,
    folder_id bigint,
    format text NOT NULL,
    title text,
    size bigint NOT NULL,
    mtime_ns bigint NOT NULL,
    content_hash bytea,
    failure json,
    page_count integer NOT NULL,
    pages_without_text integer NOT NULL,
    page_labels jsonb,
    warnings json NOT NULL,
    folded_path text NOT NULL,
    folded_name text NOT NULL,
    added_at bigint NOT NULL DEFAULT extract(epoch FROM now()),
    updated_at bigint NOT NULL DEFAULT extract(epoch FROM now()),
    recorded_at bigint NOT NULL DEFAULT extract(epoch FROM now()),
    language text NOT NULL,
    name_words tsvector NOT NULL,
    beginning_words tsvector NOT NULL,
    chunk_rows bigint NOT NULL,
    chunk_words float8 NOT NULL,
    page_rows bigint NOT NULL,
    page_words float8 NOT NULL
);
CREATE INDEX documents_by_content ON documents (content_hash);
CREATE INDEX documents_by_folded_name ON documents (folded_name);
CREATE INDEX documents_by_record ON documents (recorded_at);
CREATE INDEX documents_by_name_words ON documents USING gin (name_words);
CREATE INDEX documents_by_beginning_words ON documents USING gin (beginning_words);

CREATE TABLE pages (
    document_id bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
    number integer NOT NULL,
    quality real NOT NULL,
    source_engine text NOT NULL,
    text text NOT NULL,
    layout bytea NOT NULL,
    PRIMARY KEY (document_id, number)
);

CREATE SEQUENCE chunk_ids;
-- A chunk that is stored again has a new and higher id. `context` is what stands in front of the text in what is embedded;
-- where that is otherwise, `embedded_text` is all of it.
CREATE TABLE chunks (
    document_id bigint NOT NULL REFERENCES documents ON DELETE CASCADE,
    ordinal integer NOT NULL,
    id bigint NOT NULL DEFAULT nextval('chunk_ids'),
    text_hash bytea NOT NULL,
    page_first integer NOT NULL,
    page_last integer NOT NULL,
    pieces json NOT NULL,
    headings jsonb NOT NULL,
    text text NOT NULL,
    context text,
    embedded_text text,
    PRIMARY KEY (document_id, ordinal)
);
CREATE INDEX chunks_by_id ON chunks (id);
CREATE INDEX chunks_by_text ON chunks (text_hash);

-- The words of rows apart from their texts: ranking reads many of the former and few of the latter. A row of them is kept in
-- line and as it is, so that it is not unpacked for each word that is counted in it.
CREATE TABLE chunk_words (
    document_id bigint NOT NULL,
    ordinal integer NOT NULL,
    words tsvector NOT NULL,
    beside tsvector NOT NULL,
    length real NOT NULL,
    PRIMARY KEY (document_id, ordinal),
    FOREIGN KEY (document_id, ordinal) REFERENCES chunks ON DELETE CASCADE
) WITH (toast_tuple_target = 8160);
ALTER TABLE chunk_words ALTER words SET STORAGE EXTERNAL, ALTER beside SET STORAGE EXTERNAL;
CREATE INDEX chunk_words_by_words ON chunk_words USING gin (words);
CREATE INDEX chunk_words_by_beside ON chunk_words USING gin (beside);

CREATE TABLE page_words (
    document_id bigint NOT NULL,
    number integer NOT NULL,
    words tsvector NOT NULL,
    beside tsvector NOT NULL,
    length real NOT NULL,
    PRIMARY KEY (document_id, number),
    FOREIGN KEY (document_id, number) REFERENCES pages ON DELETE CASCADE
) WITH (toast_tuple_target = 8160);
ALTER TABLE page_words ALTER words SET STORAGE EXTERNAL, ALTER beside SET STORAGE EXTERNAL;
CREATE INDEX page_words_by_words ON page_words USING gin (words);

-- All words as they are written, by which slips are looked up. One that is in no document any more does no harm.
CREATE TABLE forms (word text COLLATE "C" PRIMARY KEY);

CREATE TABLE spaces (
    id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    model text NOT NULL,
    passage_instruction text NOT NULL,
    dimensions integer NOT NULL,
    source text,
    UNIQUE (model, passage_instruction, dimensions)
);

-- The vectors of a document by the hash of their text. They are paid for: those of no document (0) and of texts that are gone are
-- kept. Each space has an index of its own (`begin_space`).
CREATE TABLE vectors (
    document_id bigint NOT NULL,
    space_id integer NOT NULL REFERENCES spaces,
    text_hash bytea NOT NULL,
    vector halfvec NOT NULL,
    PRIMARY KEY (document_id, space_id, text_hash)
);
CREATE INDEX vectors_by_text ON vectors (space_id, text_hash);

-- Makes a space known, with its index, for members who may write rows and not make indexes.
CREATE FUNCTION begin_space(model text, passage_instruction text, dimensions integer, source text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = footnote, public, extensions AS $$
DECLARE
    space integer;
BEGIN
    INSERT INTO spaces (model, passage_instruction, dimensions, source)
    VALUES ($1, $2, $3, $4)
    ON CONFLICT ON CONSTRAINT spaces_model_passage_instruction_dimensions_key
    DO UPDATE SET source = coalesce(excluded.source, spaces.source)
    RETURNING id INTO space;
    EXECUTE format(
        'CREATE INDEX IF NOT EXISTS vectors_near_%s ON vectors USING hnsw ((vector::halfvec(%s)) halfvec_ip_ops) WHERE space_id = %s',
        space, $3, space);
    UPDATE library SET active_space = space WHERE active_space IS NULL;
    RETURN space;
END $$;

-- Forgets a space that is not searched.
CREATE FUNCTION drop_space(space integer) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = footnote, public, extensions AS $$
BEGIN
    IF space IS NOT DISTINCT FROM (SELECT active_space FROM library) THEN
        RETURN false;
    END IF;
    EXECUTE format('DROP INDEX IF EXISTS vectors_near_%s', space);
    DELETE FROM vectors WHERE space_id = space;
    DELETE FROM spaces WHERE id = space;
    RETURN FOUND;
END $$;

CREATE TABLE transcripts (
    id bigint GENERATED ALWAYS AS IDENTITY,
    content_hash bytea NOT NULL,
    page integer NOT NULL,
    model text NOT NULL,
    text text NOT NULL,
    PRIMARY KEY (content_hash, page, model)
);

-- Conversations belong to the member who had them: nobody else sees them, or can.
CREATE TABLE conversations (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author name NOT NULL DEFAULT current_user,
    title text NOT NULL,
    said tsvector NOT NULL DEFAULT '',
    created_at bigint NOT NULL DEFAULT extract(epoch FROM now()),
    updated_at bigint NOT NULL DEFAULT extract(epoch FROM now())
);
CREATE TABLE messages (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author name NOT NULL DEFAULT current_user,
    conversation_id bigint NOT NULL REFERENCES conversations ON DELETE CASCADE,
    question text NOT NULL,
    version integer NOT NULL,
    answer json NOT NULL,
    created_at bigint NOT NULL DEFAULT extract(epoch FROM now())
);
CREATE INDEX messages_by_conversation ON messages (conversation_id);
CREATE TABLE pictures (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    author name NOT NULL DEFAULT current_user,
    message_id bigint NOT NULL REFERENCES messages ON DELETE CASCADE,
    media_type text NOT NULL,
    bytes bytea NOT NULL
);
CREATE INDEX pictures_by_message ON pictures (message_id);
ALTER TABLE conversations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE messages ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE pictures ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON conversations USING (author = current_user) WITH CHECK (author = current_user);
CREATE POLICY own ON messages USING (author = current_user) WITH CHECK (author = current_user);
CREATE POLICY own ON pictures USING (author = current_user) WITH CHECK (author = current_user);

-- A file that a worker reads, until a moment after which it is taken for dead.
CREATE TABLE claims (
    path bytea PRIMARY KEY,
    worker uuid NOT NULL,
    until timestamptz NOT NULL
);

-- A text that a worker embeds, the same.
CREATE TABLE text_claims (
    space_id integer NOT NULL REFERENCES spaces ON DELETE CASCADE,
    text_hash bytea NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (space_id, text_hash)
);

-- How often a row says what is sought, a word in one of some forms. Postgres tells it only by the rank of a row by that alone:
-- the sum of 1/n² for each time, over the sum for any number of times, shared among the forms. More than 32 times are as many.
CREATE FUNCTION times_said(words tsvector, sought tsquery) RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT width_bucket(ts_rank('{1,1,1,1}', words, sought)::float8 * (numnode(sought) + 1) / 2 * 1.64493406685, ARRAY[
        0.500000, 1.125000, 1.305556, 1.392361, 1.443611, 1.477500, 1.501593, 1.519610, 1.533595, 1.544768,
        1.553900, 1.561504, 1.567935, 1.573445, 1.578218, 1.582393, 1.586077, 1.589350, 1.592278, 1.594913,
        1.597297, 1.599464, 1.601442, 1.603255, 1.604923, 1.606463, 1.607889, 1.609212, 1.610444, 1.611595,
        1.612670, 1.613679
    ]::float8[])
$$;

-- How often a row says words in a row: at how many places each of them stands as far behind the first as in the phrase, a list of
-- the forms of each word.
CREATE FUNCTION times_in_a_row(words tsvector, phrase jsonb) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT count(*) FROM (
        SELECT place - word.behind AS start
        FROM jsonb_array_elements(phrase) WITH ORDINALITY AS word (forms, behind)
        JOIN unnest(words) AS said ON word.forms ? said.lexeme
        CROSS JOIN unnest(said.positions) AS place
        GROUP BY start HAVING count(DISTINCT word.behind) = jsonb_array_length(phrase)
    ) AS starts
$$;
