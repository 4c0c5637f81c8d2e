-- What rows need to know of batches, by id: id, cutoff, has_hours.
SELECT id, cutoff, has_hours FROM batch ORDER BY id
