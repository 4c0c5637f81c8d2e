-- The current rows of kind enrollment, by pseudonym and key. Columns: pseudonym, record_key, digest, scope, batch_from,
-- batch_seen, then the stored fields in the order of the field table (college is an id), then custom.
SELECT
    l.pseudonym, e.record_key, e.digest, e.scope, e.batch_from, e.batch_seen,
    e.college, e.start_date, e.end_date, e.section_id, e.component, e.iet, e.iet_program_id,
    e.workplace_literacy, e.ielce, e.occupation, e.subject, e.contact_hours, e.distance_hours,
    e.program_year, e.entering_level, e.pre_test_date, e.pre_test_score, e.instrument, e.age, e.sex,
    e.hispanic, e.race, e.race_american_indian, e.race_asian, e.race_black, e.race_pacific_islander,
    e.race_white, e.prior_education, e.employment_status, e.english_learner, e.disability, e.low_income,
    e.public_assistance, e.exhausting_tanf, e.single_parent, e.displaced_homemaker, e.long_term_unemployed,
    e.homeless, e.foster_youth, e.justice_involved, e.corrections, e.migrant, e.refugee,
    e.internationally_trained, e.low_literacy, e.cultural_barriers, e.veteran, e.planned_service_date,
    e.exit_date, e.exit_reason, e.prior_participation, e.referral_source, e.funding, e.support,
    e.wage_at_entry, e.hours_at_entry, e.workforce_area, e.custom
FROM learner AS l
CROSS JOIN enrollment AS e ON e.learner = l.id
WHERE e.batch_to IS NULL
ORDER BY l.pseudonym, e.record_key
