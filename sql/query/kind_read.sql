-- The rows of a kind that the batches up to :as_of brought, those that ended since among them, by id.
SELECT id, record_key, digest, batch, scope, line, learner, {columns}
FROM {table}
WHERE batch <= :as_of
ORDER BY id
