-- Enters a run that wrote a draft.
INSERT INTO run (draft, input_sha256, unix_seconds) VALUES (:draft, :input_sha256, :unix_seconds)
