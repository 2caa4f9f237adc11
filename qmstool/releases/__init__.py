"""Define what a release is made of: digests, check codes, numbers, the text of its record, the seal on it."""
