-- Batches by id; :id NULL: all up to :as_of. Columns in the order of the table.
SELECT
    id, kind, state, file_name, sha256, bytes, crosswalk, crosswalk_sha256, rule_set, delivery, scope_columns,
    learners_by_college, latest_gains, has_hours, fields, records, cutoff, imported_on, n_read, n_stored, n_repeated, n_replaced,
    n_quarantined, n_dropped, n_warnings, n_added, n_changed, n_unchanged, n_withdrawn, n_spared, reason, accepted
FROM batch
WHERE id = ifnull(:id, id) AND id <= :as_of
ORDER BY id
