"""What a user does to a library: add, fetch, build, look at its state."""
