-- The latest cut-off of the batches of :kind in use; NULL: none.
SELECT max(cutoff) FROM batch WHERE kind = :kind AND state = 'applied' AND id <= :as_of
