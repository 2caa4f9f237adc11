"""File what was understood of Word and Excel files: as texts, pages and rows of one manual."""
