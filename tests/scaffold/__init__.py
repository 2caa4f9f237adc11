"""Beginning a manual, and changing many files at once."""
