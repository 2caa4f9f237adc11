"""What the log of a repository says: commits with people and trailers, the life of every path."""
