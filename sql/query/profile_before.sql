-- The delivery to hold one of :kind and :delivery against: in use, of the same sort, with a scope in common, of the latest cut-off.
-- :any stands for every value.
SELECT b.id
FROM batch AS b
WHERE b.kind = :kind AND b.state = 'applied' AND b.delivery = :delivery
    AND EXISTS (
        SELECT 1
        FROM delivery_scope AS ds
        JOIN scope AS s ON s.id = ds.scope
        JOIN temp.delivered AS d ON (d.college IN (s.college, :any) OR s.college = :any)
            AND (d.program_year IN (s.program_year, :any) OR s.program_year = :any)
        WHERE ds.batch = b.id
    )
ORDER BY b.cutoff DESC, b.id DESC
LIMIT 1
