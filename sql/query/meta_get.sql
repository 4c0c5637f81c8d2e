-- The fact :name of the store.
SELECT value FROM meta WHERE name = :name
