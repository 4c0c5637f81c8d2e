-- Takes out every row of a learner, past ones too.
DELETE FROM {table} WHERE learner = :learner
