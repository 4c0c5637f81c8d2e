-- Enters a batch and gives its id: one more than the highest, so that ids follow each other in the order of commits.
INSERT INTO batch (
    kind, state, file_name, sha256, bytes, crosswalk, crosswalk_sha256, rule_set, delivery, scope_columns,
    learners_by_college, latest_gains, has_hours, fields, records, cutoff, imported_on, n_read, n_stored, n_repeated, n_replaced,
    n_quarantined, n_dropped, n_warnings, n_added, n_changed, n_unchanged, n_withdrawn, n_spared, reason, accepted
) VALUES (
    :kind, :state, :file_name, :sha256, :bytes, :crosswalk, :crosswalk_sha256, :rule_set, :delivery, :scope_columns,
    :learners_by_college, :latest_gains, :has_hours, :fields, :records, :cutoff, :imported_on, :n_read, :n_stored, :n_repeated, :n_replaced,
    :n_quarantined, :n_dropped, :n_warnings, :n_added, :n_changed, :n_unchanged, :n_withdrawn, :n_spared, :reason, :accepted
)
RETURNING id
