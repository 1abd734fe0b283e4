"""Evaluation: labelled questions, measures and the fit of the confidence."""
