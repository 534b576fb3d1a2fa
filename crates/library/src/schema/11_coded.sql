-- What is to be said of a document is a code with its parameters, as JSON (see `catalogue/coded.rs`): `failure_reason`, and each
-- of its `warnings`. Sentences that were stored in their place are kept.
UPDATE documents SET failure_reason = json_object('code', failure_code, 'words', failure_reason)
WHERE failure_code IS NOT NULL;
UPDATE documents SET warnings = (
    SELECT json_group_array(json_object('code', 'words', 'words', value)) FROM json_each(warnings)
) WHERE warnings <> '[]';
