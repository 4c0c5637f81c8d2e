-- Enters a finding.
INSERT INTO finding (batch, line, rule, field, ordinal, column_name, refused)
VALUES (:batch, :line, :rule, :field, :ordinal, :column_name, :refused)
