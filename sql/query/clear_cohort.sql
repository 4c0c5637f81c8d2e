-- The kept columns of cohorts, which no longer fit their rows.
DELETE FROM cohort_column
