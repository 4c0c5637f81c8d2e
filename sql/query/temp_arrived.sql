-- The scopes that the rows of the file under way belong to, and how many of its rows, replaced ones apart.
CREATE TEMP TABLE arrived (scope INTEGER PRIMARY KEY, n INTEGER NOT NULL) STRICT
