"""Write documents for Word: paragraphs and tables, their frame, and tracked changes."""
