-- Ends a row: it was changed or withdrawn by :batch.
INSERT INTO row_end (kind, row, batch) VALUES (:kind, :row, :batch)
