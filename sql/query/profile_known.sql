-- The codes that the batches in use of :kind have delivered: field, code.
SELECT DISTINCT p.field, p.code
FROM batch AS b
JOIN profile AS p ON p.batch = b.id AND p.part = 1
WHERE b.kind = :kind AND b.state = 'applied' AND p.field >= 0
ORDER BY p.field, p.code
