"""Check recorded releases, candidates and opinions."""
