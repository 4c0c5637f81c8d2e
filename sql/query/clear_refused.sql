-- Empties refused.
DELETE FROM temp.refused
