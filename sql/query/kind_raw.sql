-- Notes how an unchanged row was delivered this time: :raw, NULL where it is to be read anew every time, and :verdict.
UPDATE {table} SET raw = :raw, verdict = :verdict WHERE id = :id
