-- The scopes that the rows of the file under way belong to.
CREATE TEMP TABLE arrived (scope INTEGER PRIMARY KEY) STRICT
