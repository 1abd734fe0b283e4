"""Search signals (lexical, dense, multilingual, tokens), one module each; see `registry`."""
