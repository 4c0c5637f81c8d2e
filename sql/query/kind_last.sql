-- The highest id of a row of a kind; NULL: there is none.
SELECT max(id) FROM {table}
