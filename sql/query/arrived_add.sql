-- A scope of the file under way.
INSERT INTO temp.arrived (scope) VALUES (:scope)
