-- The batch that a delivery of :kind follows, with its fields and records: the newest in use that spoke of a college of the delivery; where
-- none did, the newest in use. :any stands for every college. Columns: id, fields, records.
SELECT b.id, b.fields, b.records
FROM batch AS b
WHERE b.kind = :kind AND b.state = 'applied'
ORDER BY
    EXISTS (
        SELECT 1
        FROM delivery_scope AS ds
        JOIN scope AS s ON s.id = ds.scope
        JOIN temp.delivered AS d ON d.college IN (s.college, :any) OR s.college = :any
        WHERE ds.batch = b.id
    ) DESC,
    b.id DESC
LIMIT 1
