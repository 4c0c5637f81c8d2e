-- How many lines are kept of a batch; :batch 0: of all.
SELECT count(*) FROM kept_row WHERE :batch = 0 OR batch = :batch
