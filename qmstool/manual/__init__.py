"""Define what a manual is: the schemas of its files, its settings, its values, their loading."""
