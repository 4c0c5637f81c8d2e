-- What was weighed: arrivals, new rows, changed rows, withdrawn rows.
SELECT
    (SELECT count(*) FROM temp.arrival),
    (SELECT count(*) FROM temp.change WHERE replaces IS NULL),
    (SELECT count(*) FROM temp.change WHERE replaces IS NOT NULL),
    (SELECT count(*) FROM temp.withdrawal)
