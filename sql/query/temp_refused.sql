-- The refused rows of one file of which it is known whose they are. record_key is empty where only the learner is known.
CREATE TEMP TABLE refused (
    pseudonym BLOB NOT NULL,
    record_key BLOB NOT NULL,
    PRIMARY KEY (pseudonym, record_key)
) STRICT, WITHOUT ROWID
