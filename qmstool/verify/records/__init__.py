"""Check what records say of each other: acts, papers, order, and what became of each in git."""
