-- All colleges that were ever delivered, by code: id, code, whether current enrollments are in it.
SELECT
    c.id, c.code,
    EXISTS (SELECT 1 FROM scope AS s WHERE s.kind = 'enrollment' AND s.college = c.id AND s.n_rows > 0)
FROM college AS c
ORDER BY c.code
