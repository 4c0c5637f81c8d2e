-- Notes a refused row of the learner :pseudonym; :record_key empty where the row is not known.
INSERT INTO temp.refused (pseudonym, record_key) VALUES (:pseudonym, :record_key)
ON CONFLICT (pseudonym, record_key) DO NOTHING
