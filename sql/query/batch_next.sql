-- The id that the next batch will have.
SELECT ifnull(max(id), 0) + 1 FROM batch
