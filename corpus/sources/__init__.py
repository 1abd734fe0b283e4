"""Bibliographic records and the folders that hold the texts of sources."""
