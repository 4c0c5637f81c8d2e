-- Ends the current rows that a change replaces. :batch is the delivery.
UPDATE enrollment
SET batch_to = :batch
FROM temp.change AS c
WHERE enrollment.learner = c.learner AND enrollment.record_key = c.record_key AND enrollment.batch_from = c.replaces
