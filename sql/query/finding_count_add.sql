-- Enters how often a rule spoke in a batch.
INSERT INTO finding_count (batch, rule, n) VALUES (:batch, :rule, :n)
