-- How many batches have a file of :bytes bytes.
SELECT count(*) FROM batch WHERE bytes = :bytes
