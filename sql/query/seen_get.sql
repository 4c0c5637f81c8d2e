-- When a delivery of :kind was last seen.
SELECT unix_seconds FROM seen WHERE kind = :kind
