-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counting: from the rows that count (rows.sql) to periods of participation, the 12th-hour day, participant-years, arms,
-- windows and levels. Nothing of it comes from the program.

-- ------------------------------------------------------------------ periods of participation
CREATE TABLE pop_row AS
WITH
reach AS (
    SELECT *, max(max(last_day, coalesce(planned, last_day)))
        OVER (PARTITION BY learner ORDER BY first_day, place, cid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS served_to
    FROM counted_row),
opened AS (
    SELECT *, served_to IS NULL
        OR first_day - served_to > (SELECT value FROM setting WHERE name = 'exit_gap_days') AS opens
    FROM reach)
SELECT *, learner || char(31) || sum(opens) OVER (PARTITION BY learner ORDER BY first_day, place, cid) AS pop
FROM opened;
CREATE INDEX pop_row_by_pop ON pop_row (pop, first_day, cid);

CREATE TABLE pop AS
SELECT pop, min(learner) AS learner, min(first_day) AS first_day, max(last_day) AS last_day, sum(nano_hours) AS nano_hours
FROM pop_row GROUP BY pop;
CREATE UNIQUE INDEX pop_by_pop ON pop (pop);

-- What an enrollment gives to a PoP, from its first day there to its last; whether it gives days to a later PoP, too.
CREATE TABLE stay AS
WITH given AS (
    SELECT learner, pop, rid, min(place) AS place, min(first_day) AS first_day, max(last_day) AS last_day, min(college) AS college,
        min(given_end) AS given_end, min(known_to) AS known_to, min(component) AS component, min(iet) AS iet, min(program) AS program, min(start) AS start,
        min(workplace_literacy) AS workplace_literacy, min(exit_reason) AS exit_reason
    FROM pop_row GROUP BY learner, pop, rid)
SELECT *, lead(pop) OVER (PARTITION BY rid ORDER BY first_day) IS NOT NULL AS goes_on FROM given;
CREATE INDEX stay_by_pop ON stay (pop, first_day, place);
CREATE INDEX stay_by_learner ON stay (learner);

-- ------------------------------------------------------------------ the 12th-hour day
-- At the end of day t a row that is over has given all its hours h, a running one h k / d after k of its d days. With
-- h k = q d + r the sum is a whole number of billionths plus m proper fractions r / d, between 0 and m: where the whole
-- part and m leave the answer open, the fractions are added exactly.
CREATE TABLE hour_day AS
WITH RECURSIVE
needed AS (SELECT value * 1000000000 AS nano FROM setting WHERE name = 'participant_hours'),
walk (pop, t, last_day, whole, fractions) AS (
    SELECT pop, first_day - 1, last_day, 0, 0 FROM pop WHERE nano_hours >= (SELECT nano FROM needed)
    UNION ALL
    SELECT walk.pop, walk.t + 1, walk.last_day,
        (SELECT sum(nano_hours * min(walk.t + 2 - first_day, spread_days) / spread_days)
         FROM pop_row WHERE pop_row.pop = walk.pop AND first_day <= walk.t + 1),
        (SELECT sum(nano_hours * min(walk.t + 2 - first_day, spread_days) % spread_days <> 0)
         FROM pop_row WHERE pop_row.pop = walk.pop AND first_day <= walk.t + 1)
    FROM walk WHERE walk.t < walk.last_day AND walk.whole < (SELECT nano FROM needed))
SELECT pop, t, whole, fractions FROM walk WHERE whole + fractions > (SELECT nano FROM needed) OR whole = (SELECT nano FROM needed);

CREATE TABLE fraction AS
SELECT hour_day.pop, t, row_number() OVER (PARTITION BY hour_day.pop, t ORDER BY first_day, cid) AS i,
    nano_hours * min(t + 1 - first_day, spread_days) % spread_days AS numerator, spread_days AS denominator
FROM hour_day JOIN pop_row ON pop_row.pop = hour_day.pop AND first_day <= t
WHERE whole < (SELECT value * 1000000000 FROM setting WHERE name = 'participant_hours')
    AND nano_hours * min(t + 1 - first_day, spread_days) % spread_days <> 0;

CREATE TABLE fraction_sum AS
WITH RECURSIVE added (pop, t, i, numerator, denominator) AS (
    SELECT pop, t, i, numerator, denominator FROM fraction WHERE i = 1
    UNION ALL
    SELECT added.pop, added.t, fraction.i, added.numerator * fraction.denominator + fraction.numerator * added.denominator,
        added.denominator * fraction.denominator
    FROM added JOIN fraction ON fraction.pop = added.pop AND fraction.t = added.t AND fraction.i = added.i + 1)
SELECT pop, t, numerator, denominator FROM added
WHERE i = (SELECT max(i) FROM fraction WHERE fraction.pop = added.pop AND fraction.t = added.t);

-- Whole numbers that grew out of 64 bits would become reals without a word: that must stop the count.
CREATE TABLE exact (is_exact INTEGER CHECK (is_exact));
INSERT INTO exact SELECT typeof(numerator) = 'integer' AND typeof(denominator) = 'integer' FROM fraction_sum;
INSERT INTO exact SELECT typeof(whole) = 'integer' FROM hour_day;

CREATE TABLE participant AS
SELECT hour_day.pop, min(hour_day.t) AS hour_day
FROM hour_day LEFT JOIN fraction_sum USING (pop, t)
WHERE whole >= (SELECT value * 1000000000 FROM setting WHERE name = 'participant_hours')
    OR numerator >= ((SELECT value * 1000000000 FROM setting WHERE name = 'participant_hours') - whole) * denominator
GROUP BY hour_day.pop;

-- ------------------------------------------------------------------ participant-years
CREATE TABLE year AS
WITH RECURSIVE every (program_year) AS (SELECT 1980 UNION ALL SELECT program_year + 1 FROM every WHERE program_year < 2100)
SELECT program_year, CAST(julianday(program_year || '-07-01') + 0.5 AS INTEGER) AS first_day,
    CAST(julianday((program_year + 1) || '-06-30') + 0.5 AS INTEGER) AS last_day
FROM every;

CREATE TABLE participant_year AS
WITH numbered AS (
    SELECT year.program_year, pop.learner, pop.pop, pop.first_day, pop.last_day, hour_day,
        year.first_day AS year_first, year.last_day AS year_last,
        row_number() OVER (PARTITION BY pop.learner, program_year ORDER BY pop.first_day) AS place
    FROM participant JOIN pop USING (pop) JOIN year ON year.last_day >= hour_day AND year.first_day <= pop.last_day)
SELECT * FROM numbered WHERE place = 1;

-- ------------------------------------------------------------------ components that overlap
-- Three rows of a PoP, one for each component (an integrated row is all three), with a day in common and no two programs.
CREATE TABLE overlap AS
SELECT a.pop,
    max(a.first_day, b.first_day, c.first_day) AS latest_start,
    min(a.last_day, b.last_day, c.last_day) AS earliest_end,
    min(a.first_day, b.first_day, c.first_day) AS earliest_start,
    a.rid AS a, b.rid AS b, c.rid AS c, max(a.program, b.program, c.program) AS program
FROM stay AS a JOIN stay AS b ON b.pop = a.pop JOIN stay AS c ON c.pop = a.pop
WHERE a.component IN ('adult_education', 'integrated') AND b.component IN ('workforce_preparation', 'integrated')
    AND c.component IN ('workforce_training', 'integrated')
    AND max(a.first_day, b.first_day, c.first_day) <= min(a.last_day, b.last_day, c.last_day)
    AND (a.program = b.program OR '' IN (a.program, b.program))
    AND (a.program = c.program OR '' IN (a.program, c.program))
    AND (b.program = c.program OR '' IN (b.program, c.program));

-- A PoP of which any row is IET or workplace literacy opens gain types 3-5.
CREATE TABLE open_pop AS
SELECT DISTINCT pop FROM stay WHERE iet IN ('yes', 'credential') OR workplace_literacy = 'yes'
UNION SELECT pop FROM overlap;

-- Gains that count for msg in a PoP.
CREATE TABLE pop_gain AS
SELECT pop.pop, gain_row.day, is_common
FROM pop JOIN gain_row ON gain_row.learner = pop.learner AND day BETWEEN first_day
    AND last_day + (SELECT value FROM setting WHERE name = 'gain_grace_days')
WHERE NOT needs_iet OR pop IN (SELECT pop FROM open_pop);
CREATE INDEX pop_gain_by_pop ON pop_gain (pop, day);

-- PoPs whose last day is the last of an enrollment that ended with exit reason 01-04; open and cut ones have no end.
CREATE TABLE excluded_exit AS
SELECT DISTINCT stay.pop FROM stay JOIN pop USING (pop)
WHERE stay.last_day = pop.last_day AND NOT goes_on AND given_end <= min(known_to, (SELECT day FROM asof))
    AND exit_reason IN ('01', '02', '03', '04');

-- ------------------------------------------------------------------ the term design: IET before it, and where it is offered
CREATE TABLE before_term AS
SELECT term, learner, sum(iet IN ('yes', 'credential')) > 0 AS claims, sum(iet = '') > 0 AS blanks
FROM stay JOIN term ON stay.first_day < term GROUP BY term, learner;
CREATE UNIQUE INDEX before_term_by_learner ON before_term (learner, term);
CREATE TABLE supported_before AS
SELECT DISTINCT term, pop.learner FROM overlap JOIN pop USING (pop) JOIN term ON latest_start < term;

CREATE TABLE first_college AS
SELECT pop, college FROM (SELECT pop, college, row_number() OVER (PARTITION BY pop ORDER BY first_day, place) AS i FROM stay) WHERE i = 1;

CREATE TABLE offered AS
SELECT term, stay.college FROM stay JOIN term ON stay.first_day <= zero AND stay.last_day >= term WHERE iet IN ('yes', 'credential')
UNION SELECT term, first_college.college FROM stay JOIN term ON stay.first_day <= zero AND stay.last_day >= term
    JOIN first_college USING (pop) WHERE iet IN ('yes', 'credential')
UNION SELECT term, first_college.college FROM overlap JOIN term ON latest_start <= zero AND earliest_end >= term
    JOIN first_college USING (pop)
UNION SELECT term, college FROM program JOIN term
    ON max(first_day, approved_from, term) <= min(last_day, approved_to, zero);

-- ------------------------------------------------------------------ the designs
CREATE TABLE unit AS
WITH
followed AS (
    SELECT *, hour_day + (SELECT value FROM setting WHERE name = 'landmark_days') AS landmark,
        year_last <= (SELECT day FROM asof) AS is_closed,
        pop IN (SELECT pop FROM excluded_exit) AND last_day BETWEEN year_first AND year_last AS is_excluded
    FROM participant_year),
at_term AS (
    SELECT program_year, pop.learner, pop.pop, pop.first_day, pop.last_day, hour_day, year.first_day AS year_first,
        year.last_day AS year_last, term, zero, zero + (SELECT value FROM setting WHERE name = 'follow_up_days') AS window_last,
        year.last_day <= (SELECT day FROM asof) AS is_closed,
        pop.pop IN (SELECT pop FROM excluded_exit) AND pop.last_day BETWEEN year.first_day AND year.last_day AS is_excluded
    FROM participant JOIN pop USING (pop) JOIN term ON hour_day <= term AND pop.last_day >= term
        JOIN year ON term BETWEEN year.first_day AND year.last_day)
SELECT 'landmark' AS variant, 0 AS term, program_year, learner, pop, first_day, last_day, year_first, year_last, landmark AS zero,
    landmark + 1 AS window_first, landmark + (SELECT value FROM setting WHERE name = 'follow_up_days') AS window_last,
    CASE
        WHEN NOT is_closed THEN 'open_year'
        WHEN is_excluded THEN 'exit_reason'
        WHEN last_day < landmark AND last_day BETWEEN year_first AND year_last THEN 'left_before_landmark'
        WHEN last_day < landmark OR landmark NOT BETWEEN year_first AND year_last THEN 'other_year'
        WHEN EXISTS (SELECT 1 FROM pop_gain WHERE pop_gain.pop = followed.pop AND day <= landmark) THEN 'gain_before_landmark'
        WHEN landmark + (SELECT value FROM setting WHERE name = 'follow_up_days') > (SELECT day FROM asof) THEN 'window_incomplete'
        ELSE 'in' END AS state
FROM followed
UNION ALL
SELECT 'naive', 0, program_year, learner, pop, first_day, last_day, year_first, year_last, max(hour_day, year_first), year_first, year_last,
    CASE WHEN NOT is_closed THEN 'open_year' WHEN is_excluded THEN 'exit_reason' ELSE 'in' END
FROM followed
UNION ALL
SELECT 'term', term, program_year, learner, pop, first_day, last_day, year_first, year_last, zero, zero + 1, window_last,
    CASE
        WHEN NOT is_closed THEN 'open_year'
        WHEN is_excluded THEN 'exit_reason'
        WHEN claims OR (term, learner) IN (SELECT term, learner FROM supported_before) THEN 'iet_before_term'
        WHEN last_day < zero THEN 'left_before_follow_up'
        WHEN EXISTS (SELECT 1 FROM pop_gain WHERE pop_gain.pop = at_term.pop AND day <= zero) THEN 'gain_before_follow_up'
        WHEN (term, (SELECT college FROM first_college WHERE first_college.pop = at_term.pop)) NOT IN (SELECT term, college FROM offered)
            THEN 'no_iet_offered'
        WHEN window_last > (SELECT day FROM asof) THEN 'window_incomplete'
        ELSE 'in' END
FROM at_term LEFT JOIN before_term USING (term, learner);

-- Where colleges deliver by themselves, what came after the last day that is known of one is not: its followed units are complete up to
-- that day only, and who was there when its delivery ended, in a PoP that no 90 days have closed, has not left.
CREATE TABLE college_known AS SELECT college, max(known_to) AS day FROM enrollment_row GROUP BY college;
CREATE TABLE cut_pop AS
SELECT DISTINCT stay.pop FROM stay JOIN pop USING (pop)
WHERE stay.last_day = pop.last_day AND NOT goes_on
    AND (given_end IS NULL OR given_end > min(known_to, (SELECT day FROM asof)))
    AND pop.last_day + (SELECT value FROM setting WHERE name = 'exit_gap_days') >= min(known_to, (SELECT day FROM asof));
UPDATE unit SET state = 'window_incomplete'
FROM first_college JOIN college_known USING (college)
WHERE first_college.pop = unit.pop AND day < (SELECT day FROM asof)
    AND (state = 'in' AND day < window_last
        OR state IN ('left_before_landmark', 'left_before_follow_up') AND day < zero AND unit.pop IN (SELECT pop FROM cut_pop));

CREATE TABLE scope AS
SELECT variant, program_year, term, unit.pop, rid, iet, program, stay.college, start, stay.first_day, stay.last_day
FROM unit JOIN stay ON stay.pop = unit.pop
    AND CASE variant WHEN 'naive' THEN stay.first_day <= year_last AND stay.last_day >= year_first ELSE stay.first_day <= zero END;
CREATE INDEX scope_by_row ON scope (rid, variant, program_year, term, pop);

-- What of the register the enrollments of a scope are in; one confirms an overlap that has a day in it.
CREATE TABLE registered AS
SELECT DISTINCT variant, program_year, term, pop, program, scope.first_day, scope.last_day
FROM scope JOIN program AS p ON p.id = program AND p.college = scope.college
WHERE program <> '' AND start BETWEEN approved_from AND approved_to AND p.first_day <= scope.last_day AND start <= p.last_day;
CREATE INDEX registered_by_unit ON registered (pop, variant, program_year, term);

CREATE TABLE graded AS
WITH flags AS (
    SELECT variant, program_year, term, pop, sum(iet IN ('yes', 'credential')) AS claims, sum(iet = '') AS blanks
    FROM scope GROUP BY variant, program_year, term, pop),
supported AS (
    SELECT a.variant, a.program_year, a.term, overlap.pop,
        max(EXISTS (SELECT 1 FROM registered AS r WHERE r.pop = overlap.pop AND r.variant = a.variant
            AND r.program_year = a.program_year AND r.term = a.term AND overlap.program IN ('', r.program)
            AND r.first_day <= earliest_end AND r.last_day >= latest_start)) AS is_confirmed
    FROM overlap JOIN scope AS a ON a.rid = overlap.a AND a.pop = overlap.pop
        JOIN scope AS b ON b.rid = overlap.b AND b.variant = a.variant AND b.program_year = a.program_year AND b.term = a.term
            AND b.pop = overlap.pop
        JOIN scope AS c ON c.rid = overlap.c AND c.variant = a.variant AND c.program_year = a.program_year AND c.term = a.term
            AND c.pop = overlap.pop
    GROUP BY a.variant, a.program_year, a.term, overlap.pop),
named AS (
    SELECT unit.*,
        CASE WHEN variant = 'term' AND (SELECT blanks AND NOT claims FROM before_term AS b WHERE b.learner = unit.learner AND b.term = unit.term)
                AND (term, learner) NOT IN (SELECT term, learner FROM supported_before) THEN 'unknown'
            WHEN is_confirmed THEN 'confirmed' WHEN supported.pop IS NOT NULL THEN 'supported'
            WHEN coalesce(claims, 0) > 0 THEN 'claimed' WHEN coalesce(blanks, 0) > 0 THEN 'unknown' ELSE 'none' END AS grade
    FROM unit LEFT JOIN flags USING (variant, program_year, term, pop) LEFT JOIN supported USING (variant, program_year, term, pop))
SELECT *, CASE WHEN grade IN (SELECT grade FROM grade_of_iet) THEN 'iet' WHEN grade = 'none' THEN 'comparison'
    WHEN grade = 'unknown' THEN 'unknown' ELSE 'other_grade' END AS arm
FROM named;

CREATE TABLE counted AS
SELECT variant, program_year, term, learner, pop, zero, grade, arm, state,
    EXISTS (SELECT 1 FROM pop_gain WHERE pop_gain.pop = graded.pop AND is_common
        AND day BETWEEN window_first AND window_last) AS msg_common,
    EXISTS (SELECT 1 FROM pop_gain WHERE pop_gain.pop = graded.pop AND NOT is_common
        AND day BETWEEN window_first AND window_last) AS msg_other,
    EXISTS (SELECT 1 FROM pop_gain WHERE pop_gain.pop = graded.pop AND day BETWEEN window_first AND window_last) AS msg
FROM graded;

-- ------------------------------------------------------------------ levels
CREATE TABLE code (dimension TEXT, level TEXT, PRIMARY KEY (dimension, level));
INSERT INTO code
SELECT d.value, l.value FROM json_each('["english_learner", "disability", "low_income", "justice_involved", "refugee",
    "internationally_trained", "single_parent"]') AS d, json_each('["no", "yes"]') AS l;
INSERT INTO code SELECT 'sex', value FROM json_each('["female", "male", "nonbinary"]');
INSERT INTO code SELECT 'entering_level', value FROM json_each('["ABE1", "ABE2", "ABE3", "ABE4", "ABE5", "ABE6", "ESL1", "ESL2",
    "ESL3", "ESL4", "ESL5", "ESL6", "ALT_ABE", "ALT_ESL"]');
INSERT INTO code SELECT 'prior_education', value FROM json_each('["none", "diploma", "equivalent", "iep_certificate",
    "some_postsecondary", "certificate", "associate", "bachelor", "beyond"]');
INSERT INTO code SELECT 'employment_status', value FROM json_each('["employed", "employed_notice", "unemployed",
    "not_in_labor_force"]');

CREATE TABLE row_level AS
WITH said (rid, dimension, level) AS (
    SELECT rid, 'english_learner', english_learner FROM enrollment_row
    UNION ALL SELECT rid, 'disability', disability FROM enrollment_row
    UNION ALL SELECT rid, 'low_income', low_income FROM enrollment_row
    UNION ALL SELECT rid, 'justice_involved', justice_involved FROM enrollment_row
    UNION ALL SELECT rid, 'refugee', refugee FROM enrollment_row
    UNION ALL SELECT rid, 'internationally_trained', internationally_trained FROM enrollment_row
    UNION ALL SELECT rid, 'single_parent', single_parent FROM enrollment_row
    UNION ALL SELECT rid, 'sex', sex FROM enrollment_row
    UNION ALL SELECT rid, 'entering_level', entering_level FROM enrollment_row
    UNION ALL SELECT rid, 'prior_education', prior_education FROM enrollment_row
    UNION ALL SELECT rid, 'employment_status', employment_status FROM enrollment_row),
race AS (
    SELECT rid, hispanic, (race_white = 'yes') + (race_black = 'yes') + (race_asian = 'yes') + (race_american_indian = 'yes')
        + (race_pacific_islander = 'yes') AS marked,
        CASE 'yes' WHEN race_white THEN 'white' WHEN race_black THEN 'black' WHEN race_asian THEN 'asian'
            WHEN race_american_indian THEN 'american_indian' WHEN race_pacific_islander THEN 'pacific_islander' END AS single
    FROM enrollment_row)
SELECT rid, dimension, level FROM said JOIN code USING (dimension, level)
UNION ALL
SELECT rid, 'race_ethnicity', CASE WHEN hispanic = 'yes' THEN 'hispanic' WHEN marked > 1 THEN 'two_or_more' ELSE single END
FROM race WHERE hispanic = 'yes' OR marked > 0
UNION ALL
SELECT rid, 'age_band', CASE WHEN years < 16 THEN 'under_16' WHEN years < 19 THEN '16-18' WHEN years < 25 THEN '19-24'
    WHEN years < 45 THEN '25-44' WHEN years < 55 THEN '45-54' WHEN years < 60 THEN '55-59' ELSE '60+' END
FROM enrollment_row WHERE years IS NOT NULL
UNION ALL
SELECT rid, 'case_label', case_label FROM enrollment_row WHERE case_label <> '';
CREATE UNIQUE INDEX row_level_by_row ON row_level (rid, dimension);

CREATE TABLE dimension (name TEXT PRIMARY KEY);
INSERT INTO dimension SELECT value FROM json_each('["race_ethnicity", "sex", "age_band", "english_learner", "entering_level",
    "prior_education", "employment_status", "disability", "low_income", "justice_involved", "refugee",
    "internationally_trained", "single_parent"]');
INSERT INTO dimension SELECT 'case_label' WHERE EXISTS (SELECT 1 FROM enrollment_row WHERE case_label <> '');

CREATE TABLE counted_level AS
SELECT counted.*, dimension.name AS dimension,
    coalesce((SELECT level FROM stay JOIN row_level USING (rid)
        WHERE stay.pop = counted.pop AND stay.first_day <= zero AND row_level.dimension = dimension.name
        ORDER BY first_day, place LIMIT 1), 'unknown') AS level
FROM counted CROSS JOIN dimension WHERE state = 'in'
UNION ALL
SELECT counted.*, 'all', 'all' FROM counted WHERE state = 'in';

CREATE TABLE answer AS
SELECT program_year, variant, outcome.value AS outcome, dimension, level, arm, count(*) AS n,
    sum(CASE outcome.value WHEN 'msg' THEN msg ELSE msg_common END) AS x
FROM counted_level CROSS JOIN json_each('["msg_common", "msg"]') AS outcome
WHERE arm IN ('iet', 'comparison')
GROUP BY program_year, variant, outcome.value, dimension, level, arm;

-- msg taken apart: of each group those with common gains only, with both kinds, with others only, with none.
CREATE TABLE part AS
SELECT program_year, variant, dimension, level, arm, CASE WHEN msg_common AND msg_other THEN 'both' WHEN msg_common THEN 'common_only'
    WHEN msg_other THEN 'other_only' ELSE 'none' END AS measure, count(*) AS n
FROM counted_level WHERE arm IN ('iet', 'comparison') GROUP BY program_year, variant, dimension, level, arm, measure;

CREATE TABLE flow AS
SELECT program_year, variant, state, arm, count(*) AS n FROM counted GROUP BY program_year, variant, state, arm;

SELECT program_year, variant, outcome, dimension, level, arm, n, x FROM answer
ORDER BY program_year, variant, outcome, dimension, level, arm;
