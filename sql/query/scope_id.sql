-- The id of a scope of :kind, by :program_year and :college (blank: -2147483648).
SELECT id FROM scope WHERE kind = :kind AND program_year = :program_year AND college = :college
