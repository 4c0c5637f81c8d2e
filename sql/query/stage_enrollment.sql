-- Stages a row of kind enrollment. A parameter a column; college is an id.
INSERT INTO temp.staged_enrollment (
    pseudonym, record_key, digest, scope, college, start_date, end_date, section_id, component, iet,
    iet_program_id, workplace_literacy, ielce, occupation, subject, contact_hours, distance_hours,
    program_year, entering_level, pre_test_date, pre_test_score, instrument, age, sex, hispanic, race,
    race_american_indian, race_asian, race_black, race_pacific_islander, race_white, prior_education,
    employment_status, english_learner, disability, low_income, public_assistance, exhausting_tanf,
    single_parent, displaced_homemaker, long_term_unemployed, homeless, foster_youth, justice_involved,
    corrections, migrant, refugee, internationally_trained, low_literacy, cultural_barriers, veteran,
    planned_service_date, exit_date, exit_reason, prior_participation, referral_source, funding, support,
    wage_at_entry, hours_at_entry, workforce_area, custom
) VALUES (
    :pseudonym, :record_key, :digest, :scope, :college, :start_date, :end_date, :section_id, :component,
    :iet, :iet_program_id, :workplace_literacy, :ielce, :occupation, :subject, :contact_hours,
    :distance_hours, :program_year, :entering_level, :pre_test_date, :pre_test_score, :instrument, :age,
    :sex, :hispanic, :race, :race_american_indian, :race_asian, :race_black, :race_pacific_islander,
    :race_white, :prior_education, :employment_status, :english_learner, :disability, :low_income,
    :public_assistance, :exhausting_tanf, :single_parent, :displaced_homemaker, :long_term_unemployed,
    :homeless, :foster_youth, :justice_involved, :corrections, :migrant, :refugee, :internationally_trained,
    :low_literacy, :cultural_barriers, :veteran, :planned_service_date, :exit_date, :exit_reason,
    :prior_participation, :referral_source, :funding, :support, :wage_at_entry, :hours_at_entry,
    :workforce_area, :custom
)
