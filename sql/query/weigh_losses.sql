-- The scopes of the delivery that lose more than 20 % of their current rows, and any part of one (a program year at a college)
-- that loses all of them, the heaviest first: program_year, college code, rows, rows withdrawn. :by_year, :by_college, :any as
-- for the scopes of the file; a column that does not cut is :any, a college that is blank or any has no code.
WITH lost AS (SELECT scope, count(*) AS n FROM temp.withdrawal GROUP BY scope),
part AS (
    SELECT s.program_year AS program_year, s.college AS college, s.n_rows AS n_rows, ifnull(lost.n, 0) AS n_lost
    FROM temp.reach AS r
    JOIN scope AS s ON s.id = r.scope
    LEFT JOIN lost ON lost.scope = s.id
    WHERE r.delivered = 1 AND s.n_rows > 0
),
whole AS (
    SELECT
        CASE WHEN :by_year THEN program_year ELSE :any END AS program_year,
        CASE WHEN :by_college THEN college ELSE :any END AS college,
        sum(n_rows) AS n_rows, sum(n_lost) AS n_lost
    FROM part
    GROUP BY 1, 2
),
heavy AS (
    SELECT program_year, college, n_rows, n_lost FROM whole WHERE n_lost * 5 > n_rows
    UNION
    SELECT program_year, college, n_rows, n_lost FROM part WHERE n_lost = n_rows
)
SELECT h.program_year, h.college, c.code, h.n_rows, h.n_lost
FROM heavy AS h
LEFT JOIN college AS c ON c.id = h.college
ORDER BY h.n_lost DESC, h.n_rows, h.program_year, c.code
