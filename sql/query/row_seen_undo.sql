-- Takes out what the batch repeated.
DELETE FROM row_seen WHERE kind = :kind AND batch = :batch
