"""Check document control: front matter, people, forms, external documents, copies, reviews."""
