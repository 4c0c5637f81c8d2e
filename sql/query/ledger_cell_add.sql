-- Enters the published state of a cell; :count NULL: masked.
INSERT INTO ledger_cell (edition, cell, count) VALUES (:edition, :cell, :count)
