-- A count of a batch's profile.
INSERT INTO profile (batch, part, field, code, n) VALUES (:batch, :part, :field, :code, :n)
