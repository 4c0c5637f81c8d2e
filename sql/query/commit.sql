-- Ends the transaction and keeps what it did.
COMMIT
