"""Compare two versions of a text by section, block and word, and show the difference."""
