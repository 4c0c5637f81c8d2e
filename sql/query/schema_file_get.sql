-- The digest of the schema file :number that made this database.
SELECT sha256 FROM schema_file WHERE number = :number
