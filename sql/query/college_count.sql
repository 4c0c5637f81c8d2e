-- How many colleges the store knows.
SELECT count(*) FROM college
