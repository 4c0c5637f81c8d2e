-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows: which records of the two exports count. A second implementation of the rules, for the tests; it shares nothing
-- with the program. Expects what count.sh makes: raw_enrollment and raw_gain (a column a field, trimmed, missing is ''; NULL
-- where a record was too short; `surplus` not NULL where it was too long), cutoff (kind, day; kind `asof` for a run as of an
-- earlier day), setting (name, value).
-- A day is a Julian day number at noon: whole, and one more for the next day.

CREATE TABLE known AS       -- the cut-offs as days; asof is the earliest of all
    SELECT kind, CAST(julianday(day) + 0.5 AS INTEGER) AS day FROM cutoff;
CREATE TABLE asof AS SELECT min(day) AS day FROM known;

-- ------------------------------------------------------------------ enrollment
CREATE TABLE enrollment_checked AS
WITH
record AS (
    SELECT rowid AS rid, *,
        learner_id = 'learner_id' AND college = 'college' AND start_date = 'start_date' AS is_header,
        coalesce(learner_id, '') = '' AND college IS NULL AS is_blank
    FROM raw_enrollment),
last AS (SELECT max(rid) AS rid FROM record WHERE NOT is_blank),
birth AS (
    SELECT *,
        date(birth_date, '+0 days') IS birth_date AND birth_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
            AND date(start_date, '+0 days') IS start_date AS has_birth
    FROM record),
aged AS (
    SELECT *,
        CASE WHEN has_birth THEN
            CAST(substr(start_date, 1, 4) AS INTEGER) - CAST(substr(birth_date, 1, 4) AS INTEGER)
            - (substr(start_date, 6) < substr(birth_date, 6)) END AS years
    FROM birth)
SELECT *,
    CASE
        WHEN is_blank THEN 'dropped: blank line'
        WHEN is_header THEN 'dropped: repeated header'
        WHEN rid = (SELECT rid FROM last) AND lower(learner_id) LIKE '%total%' AND start_date = '' THEN 'dropped: trailing total'
        WHEN surplus IS NOT NULL OR last_field IS NULL THEN 'refused: number of fields'
        WHEN '' IN (learner_id, college, start_date) THEN 'refused: required field missing'
        WHEN (SELECT count(*) FROM json_each(json_array(start_date, end_date, birth_date, planned_service_date,
                  pre_test_date, exit_date))
              WHERE value <> '' AND (value NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
                  OR date(value, '+0 days') IS NOT value)) > 0 THEN 'refused: date'
        WHEN end_date <> '' AND end_date < start_date THEN 'refused: end before start'
        WHEN (SELECT count(*) FROM json_each(json_array(contact_hours, distance_hours))
              WHERE value <> '' AND (value GLOB '*[^0-9.]*' OR value GLOB '*.*.*' OR value NOT GLOB '[0-9]*'
                  OR value GLOB '*.' OR CAST(value AS REAL) > 9999)) > 0 THEN 'refused: hours'
        WHEN years < 16 OR years > 110 THEN 'refused: age'
        WHEN iet NOT IN ('', 'yes', 'no', 'credential') THEN 'refused: iet code'
        ELSE 'accepted' END AS verdict
FROM aged;

-- One row of a key: exact repeats collapse, a later accepted one replaces. char(31) can't stand in a field.
CREATE TABLE enrollment_keyed AS
WITH keyed AS (
    SELECT *,
        learner_id || char(31) || college || char(31) || CASE WHEN enrollment_id <> '' THEN enrollment_id
            ELSE char(31) || start_date || char(31) || section_id || char(31) || component END AS key,
        json_array(learner_id, college, start_date, end_date, enrollment_id, section_id, component, iet, iet_program_id,
            workplace_literacy, contact_hours, entering_level, birth_date, sex, hispanic, race_white, race_black,
            race_asian, race_american_indian, race_pacific_islander, prior_education, employment_status, english_learner,
            disability, low_income, single_parent, justice_involved, refugee, internationally_trained, veteran,
            planned_service_date, exit_reason, prior_participation, pre_test_score, case_label) AS content
    FROM enrollment_checked WHERE verdict = 'accepted'),
next AS (SELECT *, lead(content) OVER (PARTITION BY key ORDER BY rid) AS next_content FROM keyed)
SELECT *, CASE WHEN next_content IS NULL THEN 'stored' WHEN next_content = content THEN 'collapsed'
    ELSE 'replaced' END AS fate
FROM next;

-- Hours as whole billionths of an hour. A row runs to the cut-off of its delivery at the latest, and its hours are spread over
-- those days; what of it lies after the as-of date is not known then.
CREATE TABLE enrollment_row AS
WITH stored AS (
    SELECT *,
        CAST(julianday(start_date) + 0.5 AS INTEGER) AS first_day,
        CASE WHEN end_date <> '' THEN CAST(julianday(end_date) + 0.5 AS INTEGER) END AS given_end,
        CASE WHEN planned_service_date <> '' THEN CAST(julianday(planned_service_date) + 0.5 AS INTEGER) END AS planned,
        CASE WHEN contact_hours = '' THEN 0
             WHEN instr(contact_hours, '.') = 0 THEN CAST(contact_hours AS INTEGER) * 1000000000
             ELSE CAST(substr(contact_hours, 1, instr(contact_hours, '.') - 1) AS INTEGER) * 1000000000
                + CAST(substr(substr(contact_hours, instr(contact_hours, '.') + 1) || '000000000', 1, 9) AS INTEGER)
             END AS nano_hours
    FROM enrollment_keyed WHERE fate = 'stored')
SELECT *, min(coalesce(given_end, day), day) AS delivered_end FROM stored, known WHERE kind = 'enrollment';

-- An export without any hours: enrollment is participation, from the first day.
CREATE TABLE no_hours AS SELECT NOT EXISTS (SELECT 1 FROM enrollment_row WHERE contact_hours <> '') AS answer;

CREATE TABLE counted_row AS
SELECT rid, learner_id AS learner, first_day, min(delivered_end, (SELECT day FROM asof)) AS last_day, given_end, planned, component, iet, iet_program_id AS program,
    workplace_literacy, exit_reason,
    CASE WHEN (SELECT answer FROM no_hours) THEN (SELECT value FROM setting WHERE name = 'participant_hours') * 1000000000
        ELSE nano_hours END AS nano_hours,
    CASE WHEN (SELECT answer FROM no_hours) THEN 1 ELSE delivered_end - first_day + 1 END AS spread_days
FROM enrollment_row
WHERE first_day <= (SELECT day FROM asof) AND (nano_hours > 0 OR (SELECT answer FROM no_hours));

-- ------------------------------------------------------------------ gain
CREATE TABLE gain_type (code TEXT PRIMARY KEY, needs_iet INTEGER, is_common INTEGER);
INSERT INTO gain_type VALUES ('efl_test', 0, 1), ('efl_credit', 0, 0), ('efl_postsecondary', 0, 0), ('efl_hse_subtest', 0, 1),
    ('diploma', 0, 1), ('transcript_secondary', 1, 0), ('transcript_postsecondary', 1, 0), ('milestone', 1, 0),
    ('skills_progression', 1, 0);

CREATE TABLE gain_checked AS
WITH
record AS (
    SELECT rowid AS rid, *,
        learner_id = 'learner_id' AND gain_date = 'gain_date' AND gain_type = 'gain_type' AS is_header,
        coalesce(learner_id, '') = '' AND gain_date IS NULL AS is_blank
    FROM raw_gain),
last AS (SELECT max(rid) AS rid FROM record WHERE NOT is_blank)
SELECT *,
    CASE
        WHEN is_blank THEN 'dropped: blank line'
        WHEN is_header THEN 'dropped: repeated header'
        WHEN rid = (SELECT rid FROM last) AND lower(learner_id) LIKE '%total%' AND gain_date = '' THEN 'dropped: trailing total'
        WHEN surplus IS NOT NULL OR last_field IS NULL THEN 'refused: number of fields'
        WHEN '' IN (learner_id, gain_date, gain_type) THEN 'refused: required field missing'
        WHEN gain_date NOT GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'
            OR date(gain_date, '+0 days') IS NOT gain_date THEN 'refused: date'
        WHEN gain_type NOT IN (SELECT code FROM gain_type) THEN 'refused: gain type'
        ELSE 'accepted' END AS verdict
FROM record;

CREATE TABLE gain_keyed AS
WITH keyed AS (
    SELECT *, json_array(learner_id, gain_type, gain_date, subject, college) AS key,
        json_array(learner_id, gain_type, gain_date, subject, college, level_from, level_to, program_year) AS content
    FROM gain_checked WHERE verdict = 'accepted'),
next AS (SELECT *, lead(content) OVER (PARTITION BY key ORDER BY rid) AS next_content FROM keyed)
SELECT *, CASE WHEN next_content IS NULL THEN 'stored' WHEN next_content = content THEN 'collapsed'
    ELSE 'replaced' END AS fate
FROM next;

CREATE TABLE gain_row AS
SELECT learner_id AS learner, CAST(julianday(gain_date) + 0.5 AS INTEGER) AS day, needs_iet, is_common
FROM gain_keyed JOIN gain_type ON code = gain_type
WHERE fate = 'stored' AND CAST(julianday(gain_date) + 0.5 AS INTEGER) <= (SELECT day FROM asof);
CREATE INDEX gain_by_learner ON gain_row (learner, day);
