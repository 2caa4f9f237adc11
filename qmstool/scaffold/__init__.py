"""Begin a manual, and make the changes to it that touch many files at once."""
