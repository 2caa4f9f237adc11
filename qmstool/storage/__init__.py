"""Read and write files: folders, commits and pinned texts as trees; atomic writing; what the package carries."""
