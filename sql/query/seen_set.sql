-- Notes when a delivery of :kind was seen.
INSERT INTO seen (kind, unix_seconds) VALUES (:kind, :unix_seconds)
ON CONFLICT (kind) DO UPDATE SET unix_seconds = excluded.unix_seconds
