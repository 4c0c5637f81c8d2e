-- Enters the new and changed rows, clustered by learner. :batch is the delivery.
INSERT INTO gain (
    learner, batch_from,
    record_key, digest, scope, gain_date, gain_type, college, subject, level_from, level_to, pre_score,
    post_score, instrument, program_year, custom
)
SELECT
    c.learner, :batch,
    s.record_key, s.digest, s.scope, s.gain_date, s.gain_type, s.college, s.subject, s.level_from,
    s.level_to, s.pre_score, s.post_score, s.instrument, s.program_year, s.custom
FROM temp.change AS c
JOIN temp.staged_gain AS s ON s.seq = c.seq
ORDER BY c.learner, c.record_key
