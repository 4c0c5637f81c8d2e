-- Enters the text of a line of which a row was refused.
INSERT INTO kept_row (batch, line, rules, n_rows, text) VALUES (:batch, :line, :rules, :n_rows, :text)
