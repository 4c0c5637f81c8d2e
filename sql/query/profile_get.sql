-- The profile of a batch: field, code, n.
SELECT field, code, n FROM profile WHERE batch = :batch AND part = :part ORDER BY field, code
