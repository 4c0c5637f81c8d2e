-- Takes out a row of the import under way that a later row of its file replaces, or that a later delivery outdates.
DELETE FROM {table} WHERE id = :id
