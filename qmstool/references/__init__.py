"""Resolve every citation and link of a manual to what it leads to: the answer that the checker and the site share."""
