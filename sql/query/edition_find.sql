-- Whether there is an edition :number of :program_year, or one of this :name.
SELECT 1 FROM edition WHERE (program_year = :program_year AND number = :number) OR name = :name
