"""Read a text with the parser: its events in, the tree of a document out."""
