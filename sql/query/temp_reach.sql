-- The scopes of rows: the cut-off of the last full delivery that spoke of each, whether this file speaks of it, how many current
-- rows it has and how many of them this file withdraws.
CREATE TEMP TABLE reach (
    scope INTEGER PRIMARY KEY,
    cutoff INTEGER,
    delivered INTEGER NOT NULL,
    n_rows INTEGER NOT NULL,
    n_lost INTEGER NOT NULL
) STRICT
