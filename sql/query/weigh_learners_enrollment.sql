-- Enters the learners of the staged rows that are not known yet, by pseudonym, so that rows clustered by learner lie in
-- the order in which they are read.
INSERT INTO learner (pseudonym)
SELECT DISTINCT s.pseudonym
FROM temp.staged_enrollment AS s
WHERE NOT EXISTS (SELECT 1 FROM learner AS l WHERE l.pseudonym = s.pseudonym)
ORDER BY s.pseudonym
