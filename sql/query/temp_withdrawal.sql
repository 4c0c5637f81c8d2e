-- The current rows that a full delivery no longer contains.
CREATE TEMP TABLE withdrawal (
    learner INTEGER NOT NULL,
    record_key BLOB NOT NULL,
    batch_from INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    PRIMARY KEY (learner, record_key)
) STRICT, WITHOUT ROWID
