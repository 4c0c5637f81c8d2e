-- The last run that wrote a draft: draft, input_sha256, unix_seconds.
SELECT draft, input_sha256, unix_seconds FROM run ORDER BY id DESC LIMIT 1
