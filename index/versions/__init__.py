"""Versions of the index on the disk: written, verified, published, locked."""
