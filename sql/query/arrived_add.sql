-- A scope of the file under way.
INSERT INTO temp.arrived (scope, n) VALUES (:scope, :n)
