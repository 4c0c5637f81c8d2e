-- The scopes that the file speaks of, as its crosswalk cuts them.
CREATE TEMP TABLE delivered (
    program_year INTEGER NOT NULL,
    college INTEGER NOT NULL,
    PRIMARY KEY (program_year, college)
) STRICT, WITHOUT ROWID
