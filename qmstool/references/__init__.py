"""Resolve every citation and link of a manual to its target, for the checker and the site alike."""
