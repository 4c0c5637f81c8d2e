-- The rows of one file of kind gain as they were handed in, by order of arrival. Appended only: what order they are
-- needed in is known when the last one is in.
CREATE TEMP TABLE staged_gain (
    seq INTEGER PRIMARY KEY,
    pseudonym BLOB NOT NULL,
    record_key BLOB NOT NULL,
    digest BLOB NOT NULL,
    scope INTEGER NOT NULL,
    gain_date INTEGER,
    gain_type INTEGER,
    college INTEGER,
    subject TEXT,
    level_from INTEGER,
    level_to INTEGER,
    pre_score INTEGER,
    post_score INTEGER,
    instrument TEXT,
    program_year INTEGER,
    custom TEXT
) STRICT
