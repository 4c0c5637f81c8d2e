-- Carries the numbers of current rows of the scopes forward.
UPDATE scope
SET n_rows = n_rows + moved.n
FROM (
    SELECT scope, sum(n) AS n
    FROM (
        SELECT scope, count(*) AS n FROM temp.change GROUP BY scope
        UNION ALL
        SELECT replaced_scope, -count(*) FROM temp.change WHERE replaces IS NOT NULL GROUP BY replaced_scope
        UNION ALL
        SELECT scope, -count(*) FROM temp.withdrawal GROUP BY scope
    )
    GROUP BY scope
) AS moved
WHERE scope.id = moved.scope
