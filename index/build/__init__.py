"""The flow of a build: what changed is read and encoded, the rest is reused."""
