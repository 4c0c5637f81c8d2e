-- Ends the current rows that a change replaces. :batch is the delivery.
UPDATE gain
SET batch_to = :batch
FROM temp.change AS c
WHERE gain.learner = c.learner AND gain.record_key = c.record_key AND gain.batch_from = c.replaces
