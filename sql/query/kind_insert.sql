-- Enters a row of a kind. {columns}: those of the fields that have one, in the order of the field table, and fields.
INSERT INTO {table} (id, raw, verdict, record_key, digest, batch, scope, line, learner, {columns})
VALUES (:id, :raw, :verdict, :record_key, :digest, :batch, :scope, :line, :learner, {values})
