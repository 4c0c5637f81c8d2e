-- What was found of the scopes, by id: scope, cutoff, delivered.
SELECT scope, cutoff, delivered FROM temp.reach ORDER BY scope
