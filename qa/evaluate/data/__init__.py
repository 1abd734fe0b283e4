"""Data sets and labelled questions."""
