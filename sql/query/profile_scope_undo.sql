-- A batch that is taken back has no profile.
DELETE FROM profile_scope WHERE batch = :batch
