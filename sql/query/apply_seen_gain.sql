-- Notes on current rows that the partial delivery :batch, complete up to :cutoff, had them too. :earliest, before every day.
UPDATE gain
SET batch_seen = :batch
FROM temp.arrival AS a
WHERE gain.learner = a.learner
    AND gain.record_key = a.record_key
    AND gain.batch_to IS NULL
    AND gain.digest = a.digest
    AND gain.batch_from <> :batch
    AND ifnull((SELECT b.cutoff FROM batch AS b WHERE b.id = gain.batch_seen), :earliest) <= :cutoff
