-- The fields of one row.
SELECT {columns} FROM {table} WHERE id = :id
