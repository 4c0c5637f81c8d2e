-- Opens a transaction that may write; waits for another writer.
BEGIN IMMEDIATE
