-- Takes out which partial deliveries repeated rows of a learner. :kind, its place in the list of kinds.
DELETE FROM row_seen WHERE kind = :kind AND row IN (SELECT id FROM {table} WHERE learner = :learner)
