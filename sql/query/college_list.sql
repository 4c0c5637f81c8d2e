-- All colleges that were ever delivered, by code: id, code.
SELECT id, code FROM college ORDER BY code
