-- Empties reach.
DELETE FROM temp.reach
