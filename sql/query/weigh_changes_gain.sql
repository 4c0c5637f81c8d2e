-- The arrivals that are new or differ from the current row of their key, unless a delivery of a later cut-off has spoken
-- of that row, or in full of the arrival's scope.
-- :cutoff of the delivery; :earliest, before every day.
INSERT INTO temp.change (learner, record_key, seq, scope, replaces, replaced_scope)
SELECT a.learner, a.record_key, a.seq, a.scope, c.batch_from, c.scope
FROM temp.arrival AS a
LEFT JOIN gain AS c ON c.learner = a.learner AND c.record_key = a.record_key AND c.batch_to IS NULL
LEFT JOIN temp.reach AS r ON r.scope = c.scope
LEFT JOIN temp.reach AS ra ON ra.scope = a.scope
LEFT JOIN batch AS f ON f.id = c.batch_from
LEFT JOIN batch AS n ON n.id = c.batch_seen
WHERE c.digest IS NOT a.digest
    AND ifnull(ra.cutoff, :earliest) <= :cutoff
    AND max(ifnull(r.cutoff, :earliest), ifnull(f.cutoff, :earliest), ifnull(n.cutoff, :earliest)) <= :cutoff
ORDER BY a.learner, a.record_key
