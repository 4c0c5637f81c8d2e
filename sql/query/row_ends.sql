-- The rows of :kind that have ended by the batch :as_of, by id.
SELECT row FROM row_end WHERE kind = :kind AND batch <= :as_of ORDER BY row
