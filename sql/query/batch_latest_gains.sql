-- The first delivery in use up to :as_of that keeps only the latest gain of a learner and of which a scope has not been delivered anew
-- since by a full delivery of all gains. Columns: id, file_name.
SELECT b.id, b.file_name
FROM batch AS b
JOIN delivery_scope AS ds ON ds.batch = b.id
WHERE b.kind = 'gain' AND b.state = 'applied' AND b.latest_gains <> 0 AND b.id <= :as_of
    AND NOT EXISTS (
        SELECT 1
        FROM delivery_scope AS later_scope
        JOIN batch AS later ON later.id = later_scope.batch
        WHERE later_scope.scope = ds.scope AND later.state = 'applied' AND later.delivery = 'full' AND later.latest_gains = 0
            AND later.cutoff >= b.cutoff AND later.id > b.id AND later.id <= :as_of
    )
ORDER BY b.id
LIMIT 1
