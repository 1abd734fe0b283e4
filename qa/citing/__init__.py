"""Sources to references and bibliographies."""
