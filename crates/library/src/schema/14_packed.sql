-- A chunk keeps no text that its pages hold, of what is embedded only what stands in front of that text, and its pieces as
-- lists of numbers. Rows up to these ids are from before, and so are vectors of 32 bits a value; `packing.rs` brings them over.
ALTER TABLE chunks ADD COLUMN context TEXT;
ALTER TABLE library ADD COLUMN unpacked_chunks INTEGER NOT NULL DEFAULT 0;
ALTER TABLE library ADD COLUMN unpacked_vectors INTEGER NOT NULL DEFAULT 0;
UPDATE library SET unpacked_chunks = (SELECT coalesce(max(id), 0) FROM chunks),
                   unpacked_vectors = (SELECT coalesce(max(id), 0) FROM vectors);

-- The text of each chunk: its own, or from its first piece to its last on each of its pages.
CREATE VIEW chunk_texts AS SELECT id, document_id, iif(text = '', on_pages, text) AS text, on_pages FROM (
    SELECT id, document_id, text, (
        SELECT group_concat(CAST(substr(CAST(pages.text AS BLOB), first + 1, last - first) AS TEXT), char(10) ORDER BY page)
        FROM (SELECT coalesce(value ->> 'page', value ->> 0) AS page,
                     min(coalesce(value ->> 'start', value ->> 1)) AS first,
                     max(coalesce(value ->> 'end', value ->> 2)) AS last
              FROM json_each(chunks.page_spans) GROUP BY page)
        JOIN pages ON pages.document_id = chunks.document_id AND pages.number = page
    ) AS on_pages FROM chunks
);
