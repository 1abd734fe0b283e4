"""What is searched: vectors, vectors of tokens, words."""
