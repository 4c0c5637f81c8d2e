-- Ends the current rows that the delivery :batch no longer contains.
UPDATE enrollment
SET batch_to = :batch
FROM temp.withdrawal AS w
WHERE enrollment.learner = w.learner AND enrollment.record_key = w.record_key AND enrollment.batch_from = w.batch_from
