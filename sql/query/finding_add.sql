-- Enters a finding.
INSERT INTO finding (batch, line, rule, field, ordinal, column_name, detail, refused)
VALUES (:batch, :line, :rule, :field, :ordinal, :column_name, :detail, :refused)
