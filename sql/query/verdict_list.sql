-- The findings of all verdicts: verdict, rule, field, column_name.
SELECT verdict, rule, field, column_name
FROM verdict_finding
ORDER BY verdict, ordinal
