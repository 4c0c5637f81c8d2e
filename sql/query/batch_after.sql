-- The newest batch of :kind in use; NULL: none.
SELECT max(id) FROM batch WHERE kind = :kind AND state = 'applied'
