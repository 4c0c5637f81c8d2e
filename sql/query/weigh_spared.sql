-- Takes from the withdrawals those that a refused row may stand for: the row of its key, every row of its learner where the key
-- is not known, and, :unreadable 1, all of them.
DELETE FROM temp.withdrawal
WHERE :unreadable
    OR EXISTS (
        SELECT 1
        FROM learner AS l
        JOIN temp.refused AS r ON r.pseudonym = l.pseudonym AND r.record_key IN (x'', withdrawal.record_key)
        WHERE l.id = withdrawal.learner
    )
