"""Candidates to an answer: quotations, their confidence, refusals."""
