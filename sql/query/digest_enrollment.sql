-- What identifies the current rows of kind enrollment and their content, by pseudonym and key. Columns: pseudonym, record_key,
-- digest, scope, batch_from, batch_seen.
SELECT l.pseudonym, e.record_key, e.digest, e.scope, e.batch_from, e.batch_seen
FROM learner AS l
CROSS JOIN enrollment AS e ON e.learner = l.id
WHERE e.batch_to IS NULL
ORDER BY l.pseudonym, e.record_key
