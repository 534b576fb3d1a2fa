-- Who may what in a team's library. Run once, by the owner of the database, behind the first `footnote status`:
--   psql postgres://owner@host/database -f roles.sql
-- then, for each member: CREATE ROLE ida LOGIN PASSWORD '…' IN ROLE footnote_readers; (or footnote_writers).
DO $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'footnote_readers') THEN
        CREATE ROLE footnote_readers;
    END IF;
    IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'footnote_writers') THEN
        CREATE ROLE footnote_writers;
    END IF;
END $$;
GRANT footnote_readers TO footnote_writers;

-- Readers ask, and have conversations of their own.
GRANT USAGE ON SCHEMA footnote TO footnote_readers;
GRANT SELECT ON ALL TABLES IN SCHEMA footnote TO footnote_readers;
GRANT INSERT, UPDATE, DELETE ON footnote.conversations, footnote.messages, footnote.pictures TO footnote_readers;

-- Writers fill the library. What makes or drops indexes are functions of the owner's.
GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA footnote TO footnote_writers;
REVOKE INSERT, UPDATE, DELETE ON footnote.versions FROM footnote_writers;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA footnote TO footnote_writers;
REVOKE EXECUTE ON FUNCTION footnote.begin_space, footnote.drop_space FROM PUBLIC;
GRANT EXECUTE ON FUNCTION footnote.begin_space, footnote.drop_space TO footnote_writers;
