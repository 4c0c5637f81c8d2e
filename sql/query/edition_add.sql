-- Enters an edition and gives its id.
INSERT INTO edition (program_year, number, name, draft_sha256, results_sha256, cells_shown, cells_masked)
VALUES (:program_year, :number, :name, :draft_sha256, :results_sha256, :cells_shown, :cells_masked)
RETURNING id
