-- Editions by year and number: program_year, number, name, draft_sha256, results_sha256, cells_shown, cells_masked.
SELECT program_year, number, name, draft_sha256, results_sha256, cells_shown, cells_masked
FROM edition
ORDER BY program_year, number
