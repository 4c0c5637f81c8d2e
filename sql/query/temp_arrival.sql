-- The rows of one file, each key once.
CREATE TEMP TABLE arrival (
    learner INTEGER NOT NULL,
    record_key BLOB NOT NULL,
    seq INTEGER NOT NULL,
    digest BLOB NOT NULL,
    scope INTEGER NOT NULL,
    PRIMARY KEY (learner, record_key)
) STRICT, WITHOUT ROWID
