-- Which held batch a person took in as this one, whatever had been found in it; NULL: none, the checks had nothing to hold. The reason of
-- such a batch is what was overridden.

PRAGMA user_version = 2;

ALTER TABLE batch ADD COLUMN accepted INTEGER REFERENCES batch (id);
