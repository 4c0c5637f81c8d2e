-- Empties change.
DELETE FROM temp.change
