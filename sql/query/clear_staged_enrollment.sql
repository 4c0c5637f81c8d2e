-- Empties staged_enrollment.
DELETE FROM temp.staged_enrollment
