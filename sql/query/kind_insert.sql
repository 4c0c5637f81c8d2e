-- Enters a row of a kind. {columns}: the stored fields in the order of the field table, a parameter each.
INSERT INTO {table} (id, raw, verdict, record_key, digest, batch, scope, line, learner, {columns}, custom)
VALUES (:id, :raw, :verdict, :record_key, :digest, :batch, :scope, :line, :learner, {values}, :custom)
