-- Enters a finding of a verdict.
INSERT INTO verdict_finding (verdict, ordinal, rule, field, column_name)
VALUES (:verdict, :ordinal, :rule, :field, :column_name)
