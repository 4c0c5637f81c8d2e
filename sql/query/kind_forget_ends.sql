-- Takes out when rows of a learner ended. :kind, its place in the list of kinds.
DELETE FROM row_end WHERE kind = :kind AND row IN (SELECT id FROM {table} WHERE learner = :learner)
