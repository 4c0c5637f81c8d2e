-- Notes that the partial delivery :batch had the row too.
INSERT INTO row_seen (kind, row, batch) VALUES (:kind, :row, :batch)
