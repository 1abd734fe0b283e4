"""The models that turn texts into vectors, and their weights."""
