"""What there is to ask: sources, documents, sentences and passages."""
