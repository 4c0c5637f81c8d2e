-- The id of the newest batch whose file has the digest :sha256.
SELECT id FROM batch WHERE sha256 = :sha256 ORDER BY id DESC LIMIT 1
