-- The first schema.
--
-- History: a row of enrollment and gain is valid from the batch that brought it (batch_from) to the one that changed or withdrew
-- it (batch_to, NULL while it is current). The batch ids in it are all that an undo needs. Nothing is ever overwritten.
--
-- Clustering: rows of both kinds are kept by learner and key in tables WITHOUT ROWID. One ordered pass makes the cohort, a
-- delivery's row finds its earlier version by the same key, and no second index has to be built: a rowid table would write
-- rows faster, and need two more indexes for these two ways in. Rows are entered in this order, so a load appends.
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

CREATE TABLE learner (
    id INTEGER PRIMARY KEY,
    pseudonym BLOB NOT NULL UNIQUE CHECK (length(pseudonym) = 16)
) STRICT;

-- What deliveries speak of: the rows of a kind with this program year and this college, as delivered. Rows belong to a scope
-- of both values; a delivery may speak of any value of one or both.
CREATE TABLE scope (
    id INTEGER PRIMARY KEY,
    kind TEXT NOT NULL,
    program_year INTEGER NOT NULL,
    college INTEGER NOT NULL, -- college.id
    n_rows INTEGER NOT NULL DEFAULT 0, -- current rows in it
    last_full INTEGER REFERENCES batch (id), -- the full delivery in use of the latest cut-off that spoke of it
    UNIQUE (kind, program_year, college)
) STRICT;

-- the scopes that a delivery in use spoke of
CREATE TABLE delivery_scope (
    scope INTEGER NOT NULL REFERENCES scope (id),
    batch INTEGER NOT NULL REFERENCES batch (id),
    PRIMARY KEY (scope, batch)
) STRICT, WITHOUT ROWID;

-- digest: of the row's identity and content, so that two versions can be told apart, and damage be seen.
-- batch_seen: the partial delivery of the latest cut-off that repeated the row unchanged.
CREATE TABLE enrollment (
    learner INTEGER NOT NULL REFERENCES learner (id),
    record_key BLOB NOT NULL CHECK (length(record_key) = 16),
    batch_from INTEGER NOT NULL REFERENCES batch (id),
    batch_to INTEGER REFERENCES batch (id),
    batch_seen INTEGER REFERENCES batch (id),
    scope INTEGER NOT NULL REFERENCES scope (id),
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    college INTEGER NOT NULL REFERENCES college (id),
    start_date INTEGER NOT NULL,
    end_date INTEGER,
    section_id TEXT,
    component INTEGER,
    iet INTEGER,
    iet_program_id TEXT,
    workplace_literacy INTEGER,
    ielce INTEGER,
    occupation TEXT,
    subject TEXT,
    contact_hours INTEGER,
    distance_hours INTEGER,
    program_year INTEGER,
    entering_level INTEGER,
    pre_test_date INTEGER,
    pre_test_score INTEGER,
    instrument TEXT,
    age INTEGER,
    sex INTEGER,
    hispanic INTEGER,
    race INTEGER,
    race_american_indian INTEGER,
    race_asian INTEGER,
    race_black INTEGER,
    race_pacific_islander INTEGER,
    race_white INTEGER,
    prior_education INTEGER,
    employment_status INTEGER,
    english_learner INTEGER,
    disability INTEGER,
    low_income INTEGER,
    public_assistance INTEGER,
    exhausting_tanf INTEGER,
    single_parent INTEGER,
    displaced_homemaker INTEGER,
    long_term_unemployed INTEGER,
    homeless INTEGER,
    foster_youth INTEGER,
    justice_involved INTEGER,
    corrections INTEGER,
    migrant INTEGER,
    refugee INTEGER,
    internationally_trained INTEGER,
    low_literacy INTEGER,
    cultural_barriers INTEGER,
    veteran INTEGER,
    planned_service_date INTEGER,
    exit_date INTEGER,
    exit_reason INTEGER,
    prior_participation INTEGER,
    referral_source TEXT,
    funding TEXT,
    support TEXT,
    wage_at_entry INTEGER,
    hours_at_entry INTEGER,
    workforce_area TEXT,
    custom TEXT,
    PRIMARY KEY (learner, record_key, batch_from)
) STRICT, WITHOUT ROWID;

CREATE TABLE gain (
    learner INTEGER NOT NULL REFERENCES learner (id),
    record_key BLOB NOT NULL CHECK (length(record_key) = 16),
    batch_from INTEGER NOT NULL REFERENCES batch (id),
    batch_to INTEGER REFERENCES batch (id),
    batch_seen INTEGER REFERENCES batch (id),
    scope INTEGER NOT NULL REFERENCES scope (id),
    digest BLOB NOT NULL CHECK (length(digest) = 16),
    gain_date INTEGER NOT NULL,
    gain_type INTEGER NOT NULL,
    college INTEGER REFERENCES college (id),
    subject TEXT,
    level_from INTEGER,
    level_to INTEGER,
    pre_score INTEGER,
    post_score INTEGER,
    instrument TEXT,
    program_year INTEGER,
    custom TEXT,
    PRIMARY KEY (learner, record_key, batch_from)
) STRICT, WITHOUT ROWID;

-- At most 1,000 findings of a rule are kept of a batch; finding_count has them all.
CREATE TABLE finding (
    batch INTEGER NOT NULL REFERENCES batch (id),
    line INTEGER NOT NULL, -- 0: the file as a whole
    rule TEXT NOT NULL,
    field TEXT NOT NULL,
    ordinal INTEGER NOT NULL, -- in the order in which they were found
    column_name TEXT NOT NULL,
    refused INTEGER NOT NULL, -- 1: the row was refused for it
    PRIMARY KEY (batch, line, rule, field, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE finding_count (
    batch INTEGER NOT NULL REFERENCES batch (id),
    rule TEXT NOT NULL,
    n INTEGER NOT NULL,
    PRIMARY KEY (batch, rule)
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
