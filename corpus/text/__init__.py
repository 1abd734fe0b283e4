"""Documents, their sections, pages and sentences; words and languages."""
