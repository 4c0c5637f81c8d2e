-- The scopes of rows of :kind, each with the cut-off of the last full delivery that spoke of it and whether this file does.
-- :by_year, :by_college, :any as for the scopes of the file.
INSERT INTO temp.reach (scope, cutoff, delivered, n_rows, n_lost)
SELECT
    s.id,
    (
        SELECT max(b.cutoff)
        FROM scope AS f
        JOIN delivery_scope AS d ON d.scope = f.id
        JOIN batch AS b ON b.id = d.batch AND b.state = 'applied' AND b.delivery = 'full'
        WHERE f.kind = s.kind AND f.program_year IN (s.program_year, :any) AND f.college IN (s.college, :any)
    ),
    EXISTS (
        SELECT 1
        FROM temp.delivered AS d
        WHERE d.program_year = CASE WHEN :by_year THEN s.program_year ELSE :any END
            AND d.college = CASE WHEN :by_college THEN s.college ELSE :any END
    ),
    0,
    0
FROM scope AS s
WHERE s.kind = :kind AND s.program_year <> :any AND s.college <> :any
