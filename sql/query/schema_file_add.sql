-- Notes that the schema file :number was applied.
INSERT INTO schema_file (number, name, sha256) VALUES (:number, :name, :sha256)
