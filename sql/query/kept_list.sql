-- The kept lines of a batch: line, rules, n_rows, text.
SELECT line, rules, n_rows, text FROM kept_row WHERE batch = :batch ORDER BY line
