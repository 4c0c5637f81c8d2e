-- Empties staged_gain.
DELETE FROM temp.staged_gain
