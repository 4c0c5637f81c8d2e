-- The id of the college :code.
SELECT id FROM college WHERE code = :code
