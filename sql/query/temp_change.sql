-- The arrivals that become current rows. replaces: batch_from of the row that each ends, NULL where there is none.
CREATE TEMP TABLE change (
    learner INTEGER NOT NULL,
    record_key BLOB NOT NULL,
    seq INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    replaces INTEGER,
    replaced_scope INTEGER,
    PRIMARY KEY (learner, record_key)
) STRICT, WITHOUT ROWID
