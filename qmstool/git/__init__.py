"""Read a git repository: where it is, its commits and people, the life of every path."""
