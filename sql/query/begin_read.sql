-- Opens a transaction that sees one state of the database from its first read on.
BEGIN DEFERRED
