"""Laws and treaties: their provisions, items and pinpoints."""
