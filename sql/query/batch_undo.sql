-- Marks a batch as taken back.
UPDATE batch SET state = 'undone', reason = :reason WHERE id = :batch
