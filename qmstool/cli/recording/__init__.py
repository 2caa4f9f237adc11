"""Hold what the acts of `qmstool record` share: asking for what is missing, writing, saving."""
