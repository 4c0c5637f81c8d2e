-- The full delivery in use of the latest cut-off that spoke of each scope of rows, for those that have one: scope, batch. Of
-- equal cut-offs the later import. :any stands for every value.
SELECT scope, batch
FROM (
    SELECT s.id AS scope, b.id AS batch, row_number() OVER (PARTITION BY s.id ORDER BY b.cutoff DESC, b.id DESC) AS place
    FROM scope AS s
    JOIN scope AS f ON f.kind = s.kind AND f.program_year IN (s.program_year, :any) AND f.college IN (s.college, :any)
    JOIN batch AS b ON b.id = f.last_full
    WHERE s.program_year <> :any AND s.college <> :any
)
WHERE place = 1
ORDER BY scope
