-- The partial deliveries up to :as_of that repeated rows of :kind from :first on unchanged, by row, the one of the latest cut-off
-- last, of equal ones the later import: row, batch.
SELECT s.row, s.batch
FROM row_seen AS s
JOIN batch AS b ON b.id = s.batch
WHERE s.kind = :kind AND s.row >= :first AND s.batch <= :as_of
ORDER BY s.row, b.cutoff, s.batch
