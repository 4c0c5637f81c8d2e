-- Notes on current rows that the partial delivery :batch, complete up to :cutoff, had them too. :earliest, before every day.
UPDATE enrollment
SET batch_seen = :batch
FROM temp.arrival AS a
WHERE enrollment.learner = a.learner
    AND enrollment.record_key = a.record_key
    AND enrollment.batch_to IS NULL
    AND enrollment.digest = a.digest
    AND enrollment.batch_from <> :batch
    AND ifnull((SELECT b.cutoff FROM batch AS b WHERE b.id = enrollment.batch_seen), :earliest) <= :cutoff
