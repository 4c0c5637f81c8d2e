-- The college of each current row of a kind, as of the batch :as_of, as they lie: who asks knows when all were seen. :kind, its place in
-- the list of kinds.
SELECT t.college
FROM {table} AS t
WHERE t.batch <= :as_of
    AND t.college IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM row_end AS e WHERE e.kind = :kind AND e.row = t.id AND e.batch <= :as_of)
