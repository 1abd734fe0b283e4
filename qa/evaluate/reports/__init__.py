"""Evaluations as tables, plots and pages; thresholds."""
