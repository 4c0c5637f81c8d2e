-- Whose the row is.
SELECT learner FROM {table} WHERE id = :id
