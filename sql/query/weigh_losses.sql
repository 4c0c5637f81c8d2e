-- The scopes of the delivery that lose more than 20 % of their current rows, and any part of another one (a program year at a
-- college) that loses all of them, the heaviest first: program_year, college, its code, rows, rows withdrawn. :by_year,
-- :by_college, :any as for the scopes of the file; a column that does not cut is :any, a college that is blank or any has no code.
WITH part AS (
    SELECT
        s.program_year AS program_year, s.college AS college, r.n_rows AS n_rows, r.n_lost AS n_lost,
        CASE WHEN :by_year THEN s.program_year ELSE :any END AS of_year,
        CASE WHEN :by_college THEN s.college ELSE :any END AS of_college
    FROM temp.reach AS r
    JOIN scope AS s ON s.id = r.scope
    WHERE r.delivered = 1 AND r.n_rows > 0
),
whole AS (
    SELECT of_year, of_college, sum(n_rows) AS n_rows, sum(n_lost) AS n_lost
    FROM part
    GROUP BY of_year, of_college
),
heavy AS (
    SELECT of_year AS program_year, of_college AS college, n_rows, n_lost FROM whole WHERE n_lost * 5 > n_rows
    UNION ALL
    SELECT p.program_year, p.college, p.n_rows, p.n_lost
    FROM part AS p
    JOIN whole AS w ON w.of_year = p.of_year AND w.of_college = p.of_college
    WHERE p.n_lost = p.n_rows AND w.n_lost * 5 <= w.n_rows
)
SELECT h.program_year, h.college, c.code, h.n_rows, h.n_lost
FROM heavy AS h
LEFT JOIN college AS c ON c.id = h.college
ORDER BY h.n_lost DESC, h.n_rows, h.program_year, c.code
