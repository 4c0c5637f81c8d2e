-- The newest batch in use, later than :batch and of its kind, that spoke of a scope of which :batch spoke; NULL: none.
SELECT max(later.batch)
FROM delivery_scope AS mine
JOIN delivery_scope AS later ON later.scope = mine.scope AND later.batch > mine.batch
JOIN batch AS b ON b.id = later.batch AND b.state = 'applied'
WHERE mine.batch = :batch
