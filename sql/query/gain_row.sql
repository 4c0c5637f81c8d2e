-- Whose a gain is, and of which day.
SELECT learner, gain_date FROM gain WHERE id = :id
