"""Read and write files: trees of a manual's files, atomic writing, the package's own resources."""
