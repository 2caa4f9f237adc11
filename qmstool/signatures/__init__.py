"""Read the signatures inside PDF files: who signed, when, over what, and what changed since."""
