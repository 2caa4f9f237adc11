"""Read the files of a manual: bytes and text in, typed values with places out."""
