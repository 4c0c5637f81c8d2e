-- The full delivery in use of the latest cut-off that spoke of each scope of rows, for those that have one, as of the batch
-- :as_of: scope, batch. Of equal cut-offs the later import. :any stands for every value.
SELECT scope, batch
FROM (
    SELECT s.id AS scope, b.id AS batch, row_number() OVER (PARTITION BY s.id ORDER BY b.cutoff DESC, b.id DESC) AS place
    FROM scope AS s
    JOIN scope AS f ON f.kind = s.kind AND f.program_year IN (s.program_year, :any) AND f.college IN (s.college, :any)
    JOIN delivery_scope AS d ON d.scope = f.id
    JOIN batch AS b ON b.id = d.batch AND b.state = 'applied' AND b.delivery = 'full'
    WHERE s.program_year <> :any AND s.college <> :any AND b.id <= :as_of
)
WHERE place = 1
ORDER BY scope
