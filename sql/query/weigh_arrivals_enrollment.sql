-- The staged rows by learner and key; of several with the same key the last one in.
INSERT OR REPLACE INTO temp.arrival (learner, record_key, seq, digest, scope)
SELECT l.id, s.record_key, s.seq, s.digest, s.scope
FROM temp.staged_enrollment AS s
JOIN learner AS l ON l.pseudonym = s.pseudonym
ORDER BY l.id, s.record_key, s.seq
