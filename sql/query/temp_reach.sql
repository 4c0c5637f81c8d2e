-- The scopes of rows: the cut-off of the last full delivery that spoke of each, and whether this file speaks of it.
CREATE TEMP TABLE reach (
    scope INTEGER PRIMARY KEY,
    cutoff INTEGER,
    delivered INTEGER NOT NULL
) STRICT
