-- Empties withdrawal.
DELETE FROM temp.withdrawal
