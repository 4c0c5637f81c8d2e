-- Takes out the kept lines of the batches that were held (:held) with a content that is now in use: its own batch has them.
DELETE FROM kept_row
WHERE batch IN (SELECT id FROM batch WHERE sha256 = :sha256 AND kind = :kind AND state = :held)
