-- The current rows that the delivery would move into a scope of which a full delivery of a later cut-off has spoken without
-- them: they end, and nothing follows.
-- :cutoff of the delivery; :earliest, before every day.
INSERT INTO temp.withdrawal (learner, record_key, batch_from, scope)
SELECT c.learner, c.record_key, c.batch_from, c.scope
FROM temp.arrival AS a
JOIN gain AS c ON c.learner = a.learner AND c.record_key = a.record_key AND c.batch_to IS NULL
JOIN temp.reach AS ra ON ra.scope = a.scope
LEFT JOIN temp.reach AS r ON r.scope = c.scope
LEFT JOIN batch AS f ON f.id = c.batch_from
LEFT JOIN batch AS n ON n.id = c.batch_seen
WHERE c.digest <> a.digest
    AND ifnull(ra.cutoff, :earliest) > :cutoff
    AND max(ifnull(r.cutoff, :earliest), ifnull(f.cutoff, :earliest), ifnull(n.cutoff, :earliest)) <= :cutoff
ORDER BY c.learner, c.record_key
