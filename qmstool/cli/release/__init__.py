"""Hold what the acts of `qmstool release` share: options, advice, the dossier on disk."""
