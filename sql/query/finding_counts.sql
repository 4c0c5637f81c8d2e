-- How often each rule spoke in the batches in use, by batch and rule: file_name, rule, n, and what the first ones of
-- the file as a whole say in numbers. An applied batch is in use while some
-- scope of it has not been delivered in full since, by cut-off. :any stands for every value. :as_of, the last batch that counts.
SELECT b.file_name, c.rule, c.n, (
    SELECT group_concat(said, '; ')
    FROM (
        SELECT CASE WHEN f.field = '' THEN '' ELSE f.field || ': ' END || f.detail AS said
        FROM finding AS f
        WHERE f.batch = c.batch AND f.line = 0 AND f.rule = c.rule AND f.detail <> ''
        ORDER BY f.field, f.ordinal
        LIMIT 8
    )
)
FROM batch AS b
JOIN finding_count AS c ON c.batch = b.id
WHERE b.state = 'applied'
    AND b.id <= :as_of
    AND EXISTS (
        SELECT 1
        FROM delivery_scope AS d
        JOIN scope AS s ON s.id = d.scope
        WHERE d.batch = b.id
            AND NOT EXISTS (
                SELECT 1
                FROM scope AS f
                JOIN delivery_scope AS e ON e.scope = f.id
                JOIN batch AS l ON l.id = e.batch AND l.state = 'applied' AND l.delivery = 'full'
                WHERE l.id <= :as_of
                    AND f.kind = s.kind
                    AND f.program_year IN (s.program_year, :any)
                    AND f.college IN (s.college, :any)
                    AND (l.cutoff, l.id) > (b.cutoff, b.id)
            )
    )
ORDER BY b.id, c.rule
