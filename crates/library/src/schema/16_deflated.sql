-- The texts of pages are deflated, and the pieces of chunks are bytes. Rows up to these are from before; `packing.rs` brings them
-- over, and the layouts of pages, too.
ALTER TABLE library ADD COLUMN unpacked_pages INTEGER NOT NULL DEFAULT 0;
UPDATE library SET unpacked_pages = (SELECT coalesce(max(rowid), 0) FROM pages),
                   unpacked_chunks = (SELECT coalesce(max(id), 0) FROM chunks);

-- Code puts the text of a chunk together.
DROP VIEW chunk_texts;
