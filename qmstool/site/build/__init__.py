"""Write a folder for mkdocs, run it, and put the result in place."""
