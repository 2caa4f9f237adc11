"""Define what a release is made of: digests, numbers, the text of its record, its seal."""
