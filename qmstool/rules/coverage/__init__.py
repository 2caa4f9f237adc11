"""Check that every clause is answered, and that what is said to answer it does."""
