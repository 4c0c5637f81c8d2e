-- The colleges of the file under way and of the batch :batch, by code: code, rows in the one, rows in the other.
SELECT c.code, sum(r.n_now), sum(r.n_then)
FROM (
    SELECT s.college AS college, a.n AS n_now, 0 AS n_then
    FROM temp.arrived AS a
    JOIN scope AS s ON s.id = a.scope
    UNION ALL
    SELECT s.college, 0, p.n
    FROM profile_scope AS p
    JOIN scope AS s ON s.id = p.scope
    WHERE p.batch = :batch
) AS r
JOIN college AS c ON c.id = r.college
GROUP BY c.id
ORDER BY c.code
