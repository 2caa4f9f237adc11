"""Define what a manual is: the shapes of its files, its settings, its values and how they are loaded."""
