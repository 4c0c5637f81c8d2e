-- SPDX-License-Identifier: GPL-3.0-or-later
-- Rows: which records of the exports count. A second implementation of the rules, for the tests; it shares nothing
-- with the program. Expects what count.sh makes: raw_enrollment, raw_gain, raw_service and raw_program (a column a field, trimmed,
-- missing is ''; of the first two NULL where a record was too short; `surplus` not NULL where it was too long), cutoff (kind, day; kind
-- `asof` for a run as of an earlier day), setting (name, value), given_term (day), grade_of_iet (grade).
-- A day is a Julian day number at noon: whole, and one more for the next day.

CREATE TABLE known AS       -- the cut-offs as days; asof is the earliest of all, but that of services
    SELECT kind, CAST(julianday(day) + 0.5 AS INTEGER) AS day FROM cutoff;
CREATE TABLE asof AS SELECT min(day) AS day FROM known WHERE kind <> 'service';

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
            - (substr(start_date, 6) < substr(birth_date, 6))
            WHEN age <> '' THEN CAST(age AS INTEGER) END AS years
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
            workplace_literacy, contact_hours, entering_level, birth_date, age, sex, hispanic, race_white, race_black,
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
SELECT *, min(coalesce(given_end, known_to), known_to) AS delivered_end,
    row_number() OVER (PARTITION BY learner_id ORDER BY first_day, college, rid) AS place
FROM (SELECT stored.*, iif(cutoff = '', day, CAST(julianday(cutoff) + 0.5 AS INTEGER)) AS known_to
    FROM stored, known WHERE kind = 'enrollment');
CREATE INDEX enrollment_row_by_learner ON enrollment_row (learner_id);

-- An export without any hours: enrollment is participation, from the first day.
CREATE TABLE no_hours AS
SELECT delivery FROM enrollment_keyed GROUP BY delivery HAVING sum(contact_hours <> '') = 0;

-- ------------------------------------------------------------------ services
CREATE TABLE service_row AS
WITH keyed AS (
    SELECT rowid AS sid, *,
        lead(rowid) OVER (PARTITION BY learner_id, service_date, month, college, section_id, component ORDER BY rowid) AS next
    FROM raw_service),
dated AS (
    SELECT *, CAST(julianday(iif(service_date <> '', service_date, month || '-01')) + 0.5 AS INTEGER) AS first_day,
        CASE WHEN service_date <> '' THEN CAST(julianday(service_date) + 0.5 AS INTEGER)
            ELSE CAST(julianday(month || '-01', '+1 month', '-1 day') + 0.5 AS INTEGER) END AS last_day,
        CAST(round(CAST(hours AS REAL) * 1000) AS INTEGER) * 1000000 AS nano_hours
    FROM keyed WHERE next IS NULL)
SELECT * FROM dated;

-- The enrollment that each belongs to: nothing said twice in two ways, a day in common; of several the one with the section in common,
-- then with the component in common, then the first. Not to any: without hours, or after the cut-off of services.
CREATE TABLE fitting AS
WITH pairs AS (
    SELECT sid, e.rid, e.place, e.first_day AS start, e.delivered_end, s.first_day, s.last_day, s.nano_hours,
        s.section_id <> '' AND s.section_id = e.section_id AS same_section,
        s.component <> '' AND s.component = e.component AS same_component
    FROM service_row AS s JOIN enrollment_row AS e USING (learner_id)
    WHERE s.nano_hours > 0 AND s.first_day <= (SELECT day FROM known WHERE kind = 'service')
        AND s.first_day <= e.delivered_end AND s.last_day >= e.first_day
        AND s.college IN ('', e.college) AND (s.section_id = e.section_id OR '' IN (s.section_id, e.section_id))
        AND (s.component = e.component OR '' IN (s.component, e.component) OR 'integrated' IN (s.component, e.component))),
ranked AS (
    SELECT *, row_number() OVER (PARTITION BY sid ORDER BY same_section DESC, same_component DESC, place) AS choice FROM pairs)
SELECT * FROM ranked WHERE choice = 1;

-- A row for each service of an enrollment that has any, for each other enrollment one: its span.
CREATE TABLE counted_row AS
WITH
given AS (
    SELECT rid, max(first_day, start) AS first_day,
        max(min(last_day, delivered_end, (SELECT day FROM known WHERE kind = 'service')), first_day, start) AS given_to,
        nano_hours
    FROM fitting
    UNION ALL
    SELECT rid, first_day, iif(delivery IN no_hours, first_day, delivered_end),
        iif(delivery IN no_hours, (SELECT value FROM setting WHERE name = 'participant_hours') * 1000000000, nano_hours)
    FROM enrollment_row
    WHERE rid NOT IN (SELECT rid FROM fitting) AND (nano_hours > 0 OR delivery IN no_hours)
        AND NOT (delivery IN no_hours AND college IN (SELECT college FROM service_row WHERE college <> '')))
SELECT row_number() OVER () AS cid, rid, place, learner_id AS learner, college, given.first_day, given.given_to - given.first_day + 1 AS spread_days,
    min(iif(rid IN (SELECT rid FROM fitting), given_to, delivered_end), (SELECT day FROM asof)) AS last_day,
    given_end, known_to, planned, component, iet, iet_program_id AS program, e.first_day AS start, workplace_literacy, exit_reason, given.nano_hours
FROM given JOIN enrollment_row AS e USING (rid)
WHERE given.first_day <= min(known_to, (SELECT day FROM asof));

-- ------------------------------------------------------------------ the register, the terms
-- A day that is not said is before, or after, all others.
CREATE TABLE program AS
SELECT iet_program_id AS id, college,
    iif(start_date = '', 0, CAST(julianday(start_date) + 0.5 AS INTEGER)) AS first_day,
    iif(end_date = '', 9999999, CAST(julianday(end_date) + 0.5 AS INTEGER)) AS last_day,
    iif(approved_from = '', 0, CAST(julianday(approved_from) + 0.5 AS INTEGER)) AS approved_from,
    iif(approved_to = '', 9999999, CAST(julianday(approved_to) + 0.5 AS INTEGER)) AS approved_to
FROM raw_program;

CREATE TABLE term AS
SELECT CAST(julianday(day) + 0.5 AS INTEGER) AS term, CAST(julianday(day) + 0.5 AS INTEGER) + value AS zero
FROM given_term, setting WHERE name = 'entry_days';

-- ------------------------------------------------------------------ gain
CREATE TABLE gain_type (code TEXT PRIMARY KEY, needs_iet INTEGER, is_common INTEGER);
INSERT INTO gain_type
SELECT key, value, key IN (SELECT code FROM given_common)
FROM json_each('{"efl_test": 0, "efl_credit": 0, "efl_postsecondary": 0, "efl_hse_subtest": 0, "diploma": 0,
    "transcript_secondary": 1, "transcript_postsecondary": 1, "milestone": 1, "skills_progression": 1}');

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
WHERE fate = 'stored' AND CAST(julianday(gain_date) + 0.5 AS INTEGER) <= (SELECT day FROM asof)
    AND (cutoff = '' OR gain_date <= cutoff);
CREATE INDEX gain_by_learner ON gain_row (learner, day);
