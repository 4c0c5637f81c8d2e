-- The scopes of the arrivals, cut to the columns of the delivery's scope. :by_year, :by_college: 1 where that column is one
-- of them; :any stands for every value.
INSERT INTO temp.delivered (program_year, college)
SELECT DISTINCT
    CASE WHEN :by_year THEN s.program_year ELSE :any END,
    CASE WHEN :by_college THEN s.college ELSE :any END
FROM temp.arrived AS a
JOIN scope AS s ON s.id = a.scope
