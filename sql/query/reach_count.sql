-- Notes the rows of a scope and its losses.
UPDATE temp.reach SET n_rows = :n_rows, n_lost = :n_lost WHERE scope = :scope
