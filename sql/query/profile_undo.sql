-- A batch that is taken back has no profile.
DELETE FROM profile WHERE batch = :batch
