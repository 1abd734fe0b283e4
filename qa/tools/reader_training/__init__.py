"""How the reader is trained: from labelled questions to the file of weights.

`collect` asks an index for candidates and writes a training set; `train` fits a network to it and
to public data; `export` writes what ships. `spanish_words` chooses words of another language that
`train` adds.
"""
