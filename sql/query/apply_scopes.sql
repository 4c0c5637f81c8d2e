-- Enters the scopes of the delivery that are not known yet, for :kind.
INSERT INTO scope (kind, program_year, college)
SELECT :kind, d.program_year, d.college
FROM temp.delivered AS d
WHERE true
ON CONFLICT (kind, program_year, college) DO NOTHING
