"""The kinds of search, one file each; `registry` lists them."""
