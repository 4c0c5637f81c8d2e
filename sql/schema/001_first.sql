-- The first schema.
--
-- History: a row is entered once, by the batch that brought it, and never changed. That it ended, because a later batch changed or
-- withdrew it, is a line of row_end. So a night writes in proportion to what changed, any past night can be rebuilt, and a batch
-- is taken back by taking out what carries its id.
--
-- Order: rows lie in the order in which they came, so that a load appends while the file is still being read; there is no second
-- index to be built. What asks for learners in order reads once and sorts. Batches, scopes and colleges of rows are not declared
-- as foreign keys: a look-up a row and column would double the time of a load; doctor's check covers them.
--
-- Codes are their places in the code list, 0 for a code that is not known; NULL is a blank; dates are days since 1970-01-01.
-- In scope, a blank is -2147483648 and "any value" 2147483647, so that both can be looked up.

PRAGMA application_id = 1399539566;
PRAGMA user_version = 1;

-- facts of the whole store; 'key_check': tells with which pseudonym key it was made
CREATE TABLE meta (
    name TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- the schema files that made this database
CREATE TABLE schema_file (
    number INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    sha256 TEXT NOT NULL
) STRICT;

-- one export file taken in, or tried
CREATE TABLE batch (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL, -- empty: of a refused file that told none
    state TEXT NOT NULL,
    file_name TEXT NOT NULL,
    sha256 TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    crosswalk TEXT NOT NULL,
    crosswalk_sha256 TEXT NOT NULL,
    rule_set INTEGER NOT NULL,
    delivery TEXT NOT NULL,
    scope_columns INTEGER NOT NULL, -- 1: program_year, 2: college
    learners_by_college INTEGER NOT NULL,
    latest_gains INTEGER NOT NULL,
    has_hours INTEGER NOT NULL,
    fields INTEGER NOT NULL, -- bits by the place of a field in its kind: those that the file had
    records INTEGER NOT NULL, -- bits by the place of a record in the crosswalk's list: those whose day the file had
    cutoff INTEGER,
    imported_on INTEGER,
    n_read INTEGER NOT NULL,
    n_stored INTEGER NOT NULL,
    n_repeated INTEGER NOT NULL,
    n_replaced INTEGER NOT NULL,
    n_quarantined INTEGER NOT NULL,
    n_dropped INTEGER NOT NULL,
    n_warnings INTEGER NOT NULL,
    n_added INTEGER NOT NULL,
    n_changed INTEGER NOT NULL,
    n_unchanged INTEGER NOT NULL,
    n_withdrawn INTEGER NOT NULL,
    n_spared INTEGER NOT NULL,
    reason TEXT NOT NULL,
    CHECK (state <> 'applied' OR cutoff IS NOT NULL)
) STRICT;

CREATE TABLE college (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL UNIQUE
) STRICT;

-- What deliveries speak of: the rows of a kind with this program year and this college, as delivered. Rows belong to a scope
-- of both values; a delivery may speak of any value of one or both.
CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    program_year INTEGER NOT NULL,
    college INTEGER NOT NULL, -- college.id
    UNIQUE (kind, program_year, college)
) STRICT;

-- the scopes that a delivery in use spoke of
CREATE TABLE delivery_scope (
    scope INTEGER NOT NULL REFERENCES scope (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    PRIMARY KEY (scope, batch)
) STRICT, WITHOUT ROWID;

-- A row of each kind of export.
-- raw: of the delivered text and all that decides how it is read: the same text again is the same row with the same findings; NULL: it
-- is read anew every time. verdict: what was found in it, verdict_finding.verdict; NULL: nothing. record_key: of the learner and what makes a row the same row.
-- digest: of the learner, the key and all fields, so that two versions can be told apart, and damage be seen. line: in the file of
-- the batch. learner: the pseudonym; of rows of nobody zeros. All three digests are 64 bits. The fields
-- that statements ask for have columns of their own; fields: all others that the row has (record.h, sg_record_pack), so that dozens of
-- them cost no column each.
CREATE TABLE enrollment (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    college INTEGER NOT NULL,
    start_date INTEGER NOT NULL,
    end_date INTEGER,
    contact_hours INTEGER,
    program_year INTEGER,
    fields BLOB
) STRICT;

CREATE TABLE gain (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    gain_date INTEGER NOT NULL,
    college INTEGER,
    program_year INTEGER,
    fields BLOB
) STRICT;

CREATE TABLE test (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    test_date INTEGER NOT NULL,
    college INTEGER,
    fields BLOB
) STRICT;

CREATE TABLE service (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    service_date INTEGER,
    month INTEGER,
    college INTEGER,
    fields BLOB
) STRICT;

CREATE TABLE outcome (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    outcome_date INTEGER,
    quarter INTEGER,
    college INTEGER,
    fields BLOB
) STRICT;

CREATE TABLE program (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    college INTEGER NOT NULL,
    start_date INTEGER,
    end_date INTEGER,
    approved_from INTEGER,
    fields BLOB
) STRICT;

CREATE TABLE context (
    id INTEGER PRIMARY KEY,
    raw INTEGER,
    verdict INTEGER,
    record_key INTEGER NOT NULL,
    digest INTEGER NOT NULL,
    batch INTEGER NOT NULL,
    scope INTEGER NOT NULL,
    line INTEGER NOT NULL,
    learner BLOB NOT NULL,
    college INTEGER NOT NULL,
    program_year INTEGER NOT NULL,
    fields BLOB
) STRICT;

-- What was found in rows that were accepted all the same: the same list of findings is one verdict, numbered from 1 on. field: its
-- place in the kind's field list, -1: none.
CREATE TABLE verdict_finding (
    verdict INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    rule TEXT NOT NULL,
    field INTEGER NOT NULL,
    column_name TEXT NOT NULL,
    PRIMARY KEY (verdict, ordinal)
) STRICT, WITHOUT ROWID;

-- The rows that have ended, by the batch that changed or withdrew them. kind: its place in the list of kinds.
CREATE TABLE row_end (
    kind INTEGER NOT NULL,
    row INTEGER NOT NULL,
    batch INTEGER NOT NULL REFERENCES batch (id),
    PRIMARY KEY (kind, row)
) STRICT, WITHOUT ROWID;

-- The partial deliveries that repeated a row unchanged.
CREATE TABLE row_seen (
    kind INTEGER NOT NULL,
    row INTEGER NOT NULL,
    batch INTEGER NOT NULL REFERENCES batch (id),
    PRIMARY KEY (kind, row, batch)
) STRICT, WITHOUT ROWID;

-- At most 1,000 findings of a rule are kept of a batch; finding_count has them all.
CREATE TABLE finding (
    batch INTEGER NOT NULL REFERENCES batch (id),
    line INTEGER NOT NULL, -- 0: the file as a whole
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- in the order in which they were found
    column_name TEXT NOT NULL,
    detail TEXT NOT NULL,
    refused INTEGER NOT NULL, -- 1: the row was refused for it
    PRIMARY KEY (batch, line, rule, field, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_count (
    batch INTEGER NOT NULL REFERENCES batch (id),
    rule TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (batch, rule)
) STRICT, WITHOUT ROWID;

-- What rows look like in sum, so that deliveries can be held against each other: of a batch in use, how many rows have which code in
-- which field. Of a field without a code list, code 1: it has a value. What isn't here is 0.
CREATE TABLE profile (
    batch INTEGER NOT NULL REFERENCES batch (id),
    part INTEGER NOT NULL, -- 1: the rows of the file; 2: the current rows of the kind, the batch among them
    field INTEGER NOT NULL, -- its place in the kind; -1: n is all rows
    code INTEGER NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (batch, part, field, code)
) STRICT, WITHOUT ROWID;

-- the rows of the file by scope
CREATE TABLE profile_scope (
    batch INTEGER NOT NULL REFERENCES batch (id),
    scope INTEGER NOT NULL REFERENCES scope (id),
    n INTEGER NOT NULL,
    PRIMARY KEY (batch, scope)
) STRICT, WITHOUT ROWID;

-- when a delivery of a kind was last seen, also one whose bytes were known already
CREATE TABLE seen (
    kind TEXT NOT NULL PRIMARY KEY,
    unix_seconds INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    draft TEXT NOT NULL,
    input_sha256 TEXT NOT NULL,
    unix_seconds INTEGER NOT NULL
) STRICT;

CREATE TABLE edition (
    id INTEGER PRIMARY KEY,
    program_year INTEGER NOT NULL,
    number INTEGER NOT NULL,
    name TEXT NOT NULL UNIQUE,
    draft_sha256 TEXT NOT NULL,
    results_sha256 TEXT NOT NULL,
    cells_shown INTEGER NOT NULL,
    cells_masked INTEGER NOT NULL,
    UNIQUE (program_year, number)
) STRICT;

-- the published state of each cell of an edition; a count that is NULL was masked
CREATE TABLE ledger_cell (
    edition INTEGER NOT NULL REFERENCES edition (id),
    cell TEXT NOT NULL,
    count INTEGER,
    PRIMARY KEY (edition, cell)
) STRICT, WITHOUT ROWID;

-- keyed digests of pseudonyms that stay out of the store
CREATE TABLE forgotten (
    pseudonym_digest BLOB NOT NULL PRIMARY KEY
) STRICT, WITHOUT ROWID;

-- cohort columns kept for the next report, by the digests of the store's content and of the cohort's configuration
CREATE TABLE cohort_column (
    store_sha256 TEXT NOT NULL,
    cohort_sha256 TEXT NOT NULL,
    name TEXT NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (store_sha256, cohort_sha256, name)
) STRICT;

-- Where the configuration asks for it, the lines of a batch on which a row was refused, as they were delivered, within bounds.
CREATE TABLE kept_row (
    batch INTEGER NOT NULL REFERENCES batch (id),
    line INTEGER NOT NULL,
    rules TEXT NOT NULL, -- by which it was refused, with blanks between them
    n_rows INTEGER NOT NULL, -- refused ones, of which a line may have several
    text BLOB NOT NULL, -- in UTF-8 as far as it could be decoded
    PRIMARY KEY (batch, line)
) STRICT;
