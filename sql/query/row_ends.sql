-- The rows of :kind from :first on that have ended by the batch :as_of, by id.
SELECT row FROM row_end WHERE kind = :kind AND row >= :first AND batch <= :as_of ORDER BY row
