-- Enters a scope of :kind, with :program_year and :college (blank: -2147483648), and gives its id.
INSERT INTO scope (kind, program_year, college) VALUES (:kind, :program_year, :college) RETURNING id
