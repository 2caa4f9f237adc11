"""Read Markdown: text in; a tree of blocks with places, what follows from it, and its HTML out."""
