-- Enters the college :code and gives its id.
INSERT INTO college (code) VALUES (:code) RETURNING id
