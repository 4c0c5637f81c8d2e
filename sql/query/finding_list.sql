-- Findings by batch, line, rule, field; :batch 0: of all; :only_refused 1: those that refused a row. Columns: batch, line,
-- file_name, rule, field, column_name, detail.
SELECT f.batch, f.line, b.file_name, f.rule, f.field, f.column_name, f.detail
FROM finding AS f
JOIN batch AS b ON b.id = f.batch
WHERE (:batch = 0 OR f.batch = :batch) AND (:only_refused = 0 OR f.refused = 1)
ORDER BY f.batch, f.line, f.rule, f.field, f.ordinal
