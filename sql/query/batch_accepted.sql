-- The ids of batches in use up to :as_of that a person took in although they were held, and of which a scope has not been delivered anew
-- since by a full delivery.
SELECT DISTINCT b.id
FROM batch AS b
JOIN delivery_scope AS ds ON ds.batch = b.id
WHERE b.state = 'applied' AND b.accepted IS NOT NULL AND b.id <= :as_of
    AND NOT EXISTS (
        SELECT 1
        FROM delivery_scope AS later_scope
        JOIN batch AS later ON later.id = later_scope.batch
        WHERE later_scope.scope = ds.scope AND later.state = 'applied' AND later.delivery = 'full'
            AND later.cutoff >= b.cutoff AND later.id > b.id AND later.id <= :as_of
    )
ORDER BY b.id
