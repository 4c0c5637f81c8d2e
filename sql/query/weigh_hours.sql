-- 1 where a row of the file has contact hours, else 0.
SELECT EXISTS (SELECT 1 FROM temp.staged_enrollment WHERE contact_hours > 0)
