"""The tab that answers questions."""
