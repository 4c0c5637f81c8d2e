-- SPDX-License-Identifier: GPL-3.0-or-later
-- Holds a draft against what count.sh and intervals.awk say, both ways. Expects said (what intervals.awk printed), result
-- (results.csv), results (results.json, in its column json) and count.sh's database attached as counted. What differs stands in
-- the table difference, a line each; compared says how much was compared.

CREATE TABLE theirs AS
SELECT program_year, variant, outcome, dimension, level, subset, estimand,
    CASE estimand WHEN 'risk_difference' THEN n_iet ELSE n_level END AS n1,
    CASE estimand WHEN 'risk_difference' THEN x_iet ELSE x_level END AS x1,
    CASE estimand WHEN 'risk_difference' THEN n_comparison ELSE n_reference END AS n0,
    CASE estimand WHEN 'risk_difference' THEN x_comparison ELSE x_reference END AS x0,
    CASE WHEN estimand = 'rate' AND subset = 'iet' THEN n_iet || '.' || x_iet || '.'
        WHEN estimand = 'rate' AND subset = 'comparison' THEN n_comparison || '.' || x_comparison || '.' END AS of_arm,
    estimate, ci_low AS low, ci_high AS high, status
FROM result
WHERE college = '' AND outcome IN ('msg', 'msg_common') AND variant IN ('landmark', 'naive', 'term') AND instr(dimension, '*') = 0
    AND (estimand = 'rate' AND method = 'wilson' OR estimand = 'gap' AND method = 'newcombe' AND reference = 'all_others'
        OR estimand = 'risk_difference' AND method = 'newcombe' AND subset = 'all');

CREATE UNIQUE INDEX said_by_cell ON said (program_year, variant, outcome, dimension, level, subset, estimand);
CREATE UNIQUE INDEX theirs_by_cell ON theirs (program_year, variant, outcome, dimension, level, subset, estimand);
CREATE TABLE difference (what TEXT, place TEXT, expected TEXT, found TEXT);

CREATE TABLE pair AS
SELECT program_year || '/' || outcome || '/' || dimension || '=' || level || '/' || subset || '/' || estimand || '/' || variant AS place,
    said.n1 || '.' || said.x1 || '.' || said.n0 || '.' || said.x0 AS expected,
    theirs.n1 || '.' || theirs.x1 || '.' || theirs.n0 || '.' || theirs.x0 AS found, of_arm,
    said.estimate AS estimate, said.low AS low, said.high AS high, said.status AS status,
    theirs.estimate AS their_estimate, theirs.low AS their_low, theirs.high AS their_high, theirs.status AS their_status
FROM said LEFT JOIN theirs USING (program_year, variant, outcome, dimension, level, subset, estimand);

INSERT INTO difference
SELECT 'missing', place, expected, '' FROM pair WHERE their_status IS NULL
UNION ALL
SELECT 'counts', place, expected, found || coalesce(' ' || of_arm, '') FROM pair
WHERE expected <> found OR of_arm || '.' <> expected
UNION ALL
SELECT 'figures', place, estimate || ' ' || low || ' ' || high, their_estimate || ' ' || their_low || ' ' || their_high FROM pair
WHERE '' IN (their_estimate, their_low, their_high)
    OR abs(estimate - their_estimate) > 1e-12 + 1e-10 * abs(estimate)
    OR abs(low - their_low) > 1e-12 + 1e-10 * abs(low)
    OR abs(high - their_high) > 1e-12 + 1e-10 * abs(high)
UNION ALL
SELECT 'status', place, status, their_status FROM pair WHERE status <> their_status;

-- What has nobody in one of its groups may be told of, as not estimable and without a figure.
INSERT INTO difference
SELECT 'alone', program_year || '/' || outcome || '/' || dimension || '=' || level || '/' || subset || '/' || estimand || '/' || variant,
    '', theirs.n1 || '.' || theirs.x1 || '.' || theirs.n0 || '.' || theirs.x0 || ' ' || theirs.status || ' ' || theirs.estimate
FROM theirs LEFT JOIN said USING (program_year, variant, outcome, dimension, level, subset, estimand)
WHERE said.status IS NULL AND (theirs.status <> 'not_estimable' OR theirs.estimate || theirs.low || theirs.high <> ''
    OR theirs.n1 > '0' AND (theirs.n0 > '0' OR theirs.estimand = 'rate'));

-- The cells of results.json: n, x and the four parts of msg; a cell that is nowhere counts nobody.
CREATE TABLE our_cell AS
WITH known (program_year, variant, outcome, dimension, level, arm, measure, n) AS (
    SELECT program_year, variant, '', dimension, level, arm, 'n', n FROM counted.answer WHERE outcome = 'msg'
    UNION ALL SELECT program_year, variant, outcome, dimension, level, arm, 'x', x FROM counted.answer
    UNION ALL SELECT program_year, variant, 'msg', dimension, level, arm, measure, n FROM counted.part)
SELECT * FROM known
UNION ALL
SELECT program_year, variant, outcome, dimension, level, 'all', measure, sum(n) FROM known
GROUP BY program_year, variant, outcome, dimension, level, measure;

CREATE TABLE their_cell AS
SELECT value ->> 'program_year' AS program_year, value ->> 'variant' AS variant, value ->> 'outcome' AS outcome,
    value ->> 'dimension' AS dimension, value ->> 'level' AS level, value ->> 'arm' AS arm, value ->> 'measure' AS measure,
    value ->> 'count' AS n
FROM results, json_each(results.json, '$.cells') WHERE value ->> 'college' = '';

INSERT INTO difference
SELECT 'cells', program_year || '/' || outcome || '/' || dimension || '=' || level || '/' || arm || '/' || measure || '/' || variant,
    coalesce(max(ours), 'none'), coalesce(max(theirs), 'none')
FROM (SELECT program_year, variant, outcome, dimension, level, arm, measure, n AS ours, NULL AS theirs FROM our_cell
    UNION ALL SELECT program_year, variant, outcome, dimension, level, arm, measure, NULL, n FROM their_cell)
GROUP BY program_year, variant, outcome, dimension, level, arm, measure
HAVING coalesce(max(ours), 0) IS NOT coalesce(max(theirs), 0);

-- The flow: units by state, and those that are in by arm.
CREATE TABLE our_flow AS
SELECT program_year, variant, state AS step, sum(n) AS n FROM counted.flow GROUP BY program_year, variant, state
UNION ALL SELECT program_year, variant, iif(variant = 'term', 'at_term_starts', 'participant_years'), sum(n) FROM counted.flow GROUP BY program_year, variant
UNION ALL SELECT program_year, variant, arm, n FROM counted.flow WHERE state = 'in';

CREATE TABLE their_flow AS
SELECT value ->> 'program_year' AS program_year, value ->> 'variant' AS variant, value ->> 'step' AS step, value ->> 'n' AS n
FROM results, json_each(results.json, '$.facts.flow');

INSERT INTO difference
SELECT 'flow', program_year || '/' || variant || '/' || step, coalesce(max(ours), 'none'), coalesce(max(theirs), 'none')
FROM (SELECT program_year, variant, step, n AS ours, NULL AS theirs FROM our_flow
    UNION ALL SELECT program_year, variant, step, NULL, n FROM their_flow)
GROUP BY program_year, variant, step
HAVING coalesce(max(ours), 0) IS NOT coalesce(max(theirs), 0);

CREATE TABLE compared AS
SELECT (SELECT count(*) FROM pair WHERE their_status IS NOT NULL) AS estimates, (SELECT count(*) FROM their_cell) AS cells,
    (SELECT count(*) FROM their_flow) AS steps;
