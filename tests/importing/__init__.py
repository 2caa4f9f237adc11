"""Importing Word and Excel files: words, numbers, control data."""
