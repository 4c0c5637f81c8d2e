-- The batch speaks of nothing any more.
DELETE FROM delivery_scope WHERE batch = :batch
