-- What an import needs to know of the rows of a kind from :first to :last, by id: id, raw, verdict, record_key, digest, batch, scope,
-- then first day, what stands for it, last day and contact hours, NULL where the kind has none.
SELECT id, raw, verdict, record_key, digest, batch, scope, {day}, {day_instead}, {end_day}, {hours}
FROM {table}
WHERE id BETWEEN :first AND :last
ORDER BY id
