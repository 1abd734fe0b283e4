"""A question to candidates: the signals and their fusion."""
