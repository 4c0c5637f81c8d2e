-- The id of the newest batch of the kind (NULL: of any) whose file has the digest :sha256.
SELECT id FROM batch WHERE sha256 = :sha256 AND kind = ifnull(:kind, kind) ORDER BY id DESC LIMIT 1
