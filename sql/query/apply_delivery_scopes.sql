-- Notes the scopes that the delivery :batch of :kind spoke of.
INSERT INTO delivery_scope (scope, batch)
SELECT s.id, :batch
FROM temp.delivered AS d
JOIN scope AS s ON s.kind = :kind AND s.program_year = d.program_year AND s.college = d.college
ORDER BY s.id
