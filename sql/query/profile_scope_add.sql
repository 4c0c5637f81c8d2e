-- The rows of the batch by scope.
INSERT INTO profile_scope (batch, scope, n)
SELECT :batch, scope, n FROM temp.arrived WHERE n > 0 ORDER BY scope
