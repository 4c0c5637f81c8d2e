-- Keeps in mind that a learner was forgotten.
INSERT INTO forgotten (pseudonym_digest) VALUES (:pseudonym_digest) ON CONFLICT (pseudonym_digest) DO NOTHING
