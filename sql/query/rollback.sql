-- Ends the transaction as if it had never been.
ROLLBACK
