-- The current rows of kind gain, by pseudonym and key. Columns: pseudonym, record_key, digest, scope, batch_from,
-- batch_seen, then the stored fields in the order of the field table (college is an id), then custom.
SELECT
    l.pseudonym, e.record_key, e.digest, e.scope, e.batch_from, e.batch_seen,
    e.gain_date, e.gain_type, e.college, e.subject, e.level_from, e.level_to, e.pre_score, e.post_score,
    e.instrument, e.program_year, e.custom
FROM learner AS l
CROSS JOIN gain AS e ON e.learner = l.id
WHERE e.batch_to IS NULL
ORDER BY l.pseudonym, e.record_key
