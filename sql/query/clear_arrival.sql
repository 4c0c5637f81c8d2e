-- Empties arrival.
DELETE FROM temp.arrival
