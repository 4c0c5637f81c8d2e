-- The current rows of :kind in scopes that the delivery :batch did not speak of. :any stands for every value.
SELECT ifnull(sum(s.n_rows), 0)
FROM scope AS s
WHERE s.kind = :kind
    AND NOT EXISTS (
        SELECT 1
        FROM delivery_scope AS ds
        JOIN scope AS f ON f.id = ds.scope
        WHERE ds.batch = :batch AND f.program_year IN (s.program_year, :any) AND f.college IN (s.college, :any)
    )
