-- Before each file.
DELETE FROM temp.arrived
