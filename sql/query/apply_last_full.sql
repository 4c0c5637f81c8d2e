-- Makes the full delivery :batch, complete up to :cutoff, the last one of its scopes, except where one of a later cut-off is.
UPDATE scope
SET last_full = :batch
WHERE id IN (
        SELECT s.id
        FROM temp.delivered AS d
        JOIN scope AS s ON s.kind = :kind AND s.program_year = d.program_year AND s.college = d.college
    )
    AND (last_full IS NULL OR (SELECT b.cutoff FROM batch AS b WHERE b.id = last_full) <= :cutoff)
