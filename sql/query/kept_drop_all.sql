-- Takes out every kept line.
DELETE FROM kept_row
