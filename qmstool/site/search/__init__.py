"""Write the search index of the site and the words that fold a reader's query."""
