-- Takes out the kept lines of a batch.
DELETE FROM kept_row WHERE batch = :batch
