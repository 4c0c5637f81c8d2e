-- Enters the new and changed rows, clustered by learner. :batch is the delivery.
INSERT INTO enrollment (
    learner, batch_from,
    record_key, digest, scope, college, start_date, end_date, section_id, component, iet, iet_program_id,
    workplace_literacy, ielce, occupation, subject, contact_hours, distance_hours, program_year,
    entering_level, pre_test_date, pre_test_score, instrument, age, sex, hispanic, race,
    race_american_indian, race_asian, race_black, race_pacific_islander, race_white, prior_education,
    employment_status, english_learner, disability, low_income, public_assistance, exhausting_tanf,
    single_parent, displaced_homemaker, long_term_unemployed, homeless, foster_youth, justice_involved,
    corrections, migrant, refugee, internationally_trained, low_literacy, cultural_barriers, veteran,
    planned_service_date, exit_date, exit_reason, prior_participation, referral_source, funding, support,
    wage_at_entry, hours_at_entry, workforce_area, custom
)
SELECT
    c.learner, :batch,
    s.record_key, s.digest, s.scope, s.college, s.start_date, s.end_date, s.section_id, s.component, s.iet,
    s.iet_program_id, s.workplace_literacy, s.ielce, s.occupation, s.subject, s.contact_hours,
    s.distance_hours, s.program_year, s.entering_level, s.pre_test_date, s.pre_test_score, s.instrument,
    s.age, s.sex, s.hispanic, s.race, s.race_american_indian, s.race_asian, s.race_black,
    s.race_pacific_islander, s.race_white, s.prior_education, s.employment_status, s.english_learner,
    s.disability, s.low_income, s.public_assistance, s.exhausting_tanf, s.single_parent,
    s.displaced_homemaker, s.long_term_unemployed, s.homeless, s.foster_youth, s.justice_involved,
    s.corrections, s.migrant, s.refugee, s.internationally_trained, s.low_literacy, s.cultural_barriers,
    s.veteran, s.planned_service_date, s.exit_date, s.exit_reason, s.prior_participation, s.referral_source,
    s.funding, s.support, s.wage_at_entry, s.hours_at_entry, s.workforce_area, s.custom
FROM temp.change AS c
JOIN temp.staged_enrollment AS s ON s.seq = c.seq
ORDER BY c.learner, c.record_key
