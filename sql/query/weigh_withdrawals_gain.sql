-- The current rows in the scopes of a full delivery that are not in it, unless a delivery of a later cut-off has them.
-- :cutoff of the delivery; :earliest, before every day.
INSERT INTO temp.withdrawal (learner, record_key, batch_from, scope)
SELECT c.learner, c.record_key, c.batch_from, c.scope
FROM gain AS c
JOIN temp.reach AS r ON r.scope = c.scope
LEFT JOIN batch AS f ON f.id = c.batch_from
LEFT JOIN batch AS n ON n.id = c.batch_seen
WHERE c.batch_to IS NULL
    AND r.delivered = 1
    AND max(ifnull(r.cutoff, :earliest), ifnull(f.cutoff, :earliest), ifnull(n.cutoff, :earliest)) <= :cutoff
    AND NOT EXISTS (SELECT 1 FROM temp.arrival AS a WHERE a.learner = c.learner AND a.record_key = c.record_key)
ORDER BY c.learner, c.record_key
