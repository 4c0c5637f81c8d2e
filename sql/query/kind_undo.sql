-- Takes out the rows that the batch brought.
DELETE FROM {table} WHERE batch = :batch
