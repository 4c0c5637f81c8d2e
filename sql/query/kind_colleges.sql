-- The colleges of the current rows of a kind, as of the batch :as_of: college. :kind, its place in the list of kinds.
SELECT DISTINCT t.college
FROM {table} AS t
WHERE t.batch <= :as_of
    AND t.college IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM row_end AS e WHERE e.kind = :kind AND e.row = t.id AND e.batch <= :as_of)
