"""Readers turn the bytes of a file into a Document, one module a format."""
