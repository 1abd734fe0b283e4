"""The page put together, and the server around it."""
