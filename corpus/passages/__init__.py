"""Documents cut into passages, and the references inside their texts."""
