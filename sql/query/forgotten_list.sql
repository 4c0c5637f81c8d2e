-- The learners who were forgotten, by digest: pseudonym_digest.
SELECT pseudonym_digest FROM forgotten ORDER BY pseudonym_digest
