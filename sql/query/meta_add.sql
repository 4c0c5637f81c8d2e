-- Enters the fact :name of the store.
INSERT INTO meta (name, value) VALUES (:name, :value)
