"""What is searched: vectors, the store and the versions that hold them."""
