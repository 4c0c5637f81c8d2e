-- Ends the current rows that the delivery :batch no longer contains.
UPDATE gain
SET batch_to = :batch
FROM temp.withdrawal AS w
WHERE gain.learner = w.learner AND gain.record_key = w.record_key AND gain.batch_from = w.batch_from
