-- Takes the text out of every kept line.
UPDATE kept_row SET text = x''
