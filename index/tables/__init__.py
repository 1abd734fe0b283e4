"""Tables of a version that are searched: vectors, token vectors, words."""
