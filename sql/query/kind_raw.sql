-- Notes how an unchanged row was delivered this time: :raw, NULL where it is to be read anew every time.
UPDATE {table} SET raw = :raw WHERE id = :id
