-- Stages a row of kind gain. A parameter a column; college is an id.
INSERT INTO temp.staged_gain (
    pseudonym, record_key, digest, scope, gain_date, gain_type, college, subject, level_from, level_to,
    pre_score, post_score, instrument, program_year, custom
) VALUES (
    :pseudonym, :record_key, :digest, :scope, :gain_date, :gain_type, :college, :subject, :level_from,
    :level_to, :pre_score, :post_score, :instrument, :program_year, :custom
)
