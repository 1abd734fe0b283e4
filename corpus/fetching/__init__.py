"""The texts of sources, fetched from the web: safely, bounded and with their provenance."""
