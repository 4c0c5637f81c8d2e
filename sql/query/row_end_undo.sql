-- Gives back the rows that the batch ended.
DELETE FROM row_end WHERE kind = :kind AND batch = :batch
