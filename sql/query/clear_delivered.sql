-- Empties delivered.
DELETE FROM temp.delivered
